package dev.jbpfilter.loader.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Runs a part of a test in a process inside a {@link DelegatedBpffs}. */
final class InContainer {
  private InContainer() {}

  /** Calls a method of a class with the other arguments; ends with a stack trace if that fails. */
  public static void main(String[] args) throws Throwable {
    Method method = Class.forName(args[0]).getDeclaredMethod(args[1], String[].class);
    method.setAccessible(true);
    try {
      method.invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
