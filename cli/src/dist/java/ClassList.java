import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a class list, the input of {@code -Xshare:dump}, for classes that no run recorded: the
 * class, what its constants refer to, its lambdas, and the classes in their signatures, for a
 * lambda is archived only if these are loaded.
 */
final class ClassList {
  private ClassList() {}

  /** The lines for one class file. */
  static List<String> lines(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    String name = model.thisClass().asInternalName();
    List<String> lines = new ArrayList<>();
    lines.add(name);
    StringBuilder constants = new StringBuilder("@cp " + name);
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof InvokeDynamicEntry call) {
        String lambda = lambda(name, call);
        if (lambda != null) {
          lines.add(lambda);
          addClasses(lines, call.typeSymbol());
          for (LoadableConstantEntry argument : call.bootstrap().arguments()) {
            addClasses(
                lines,
                argument instanceof MethodHandleEntry method
                    ? MethodTypeDesc.ofDescriptor(method.reference().type().stringValue())
                    : ((MethodTypeEntry) argument).asSymbol());
          }
          constants.append(' ').append(entry.index());
        }
      } else if (entry instanceof ClassEntry || entry instanceof MemberRefEntry) {
        constants.append(' ').append(entry.index());
      }
    }
    lines.add(constants.toString());
    return lines;
  }

  private static void addClasses(List<String> lines, MethodTypeDesc signature) {
    addClass(lines, signature.returnType());
    signature.parameterList().forEach(type -> addClass(lines, type));
  }

  private static void addClass(List<String> lines, ClassDesc type) {
    if (type.isClassOrInterface()) {
      String descriptor = type.descriptorString();
      lines.add(descriptor.substring(1, descriptor.length() - 1));
    }
  }

  /** The line that has a lambda's class made; null for a call site of another kind. */
  private static String lambda(String caller, InvokeDynamicEntry call) {
    MethodHandleEntry bootstrap = call.bootstrap().bootstrapMethod();
    if (!bootstrap.reference().owner().asInternalName().equals("java/lang/invoke/LambdaMetafactory")
        || !bootstrap.reference().name().equalsString("metafactory")) {
      return null;
    }
    List<LoadableConstantEntry> arguments = call.bootstrap().arguments();
    MethodHandleEntry method = (MethodHandleEntry) arguments.get(1);
    return String.join(
        " ",
        "@lambda-proxy",
        caller,
        call.name().stringValue(),
        call.type().stringValue(),
        descriptor(arguments.get(0)),
        kind(method.kind()),
        method.reference().owner().asInternalName(),
        method.reference().name().stringValue(),
        method.reference().type().stringValue(),
        descriptor(arguments.get(2)));
  }

  private static String descriptor(LoadableConstantEntry type) {
    return ((MethodTypeEntry) type).descriptor().stringValue();
  }

  /** The name of a kind of method handles, table 5.4.3.5-A of the JVM specification. */
  private static String kind(int number) {
    return switch (number) {
      case 5 -> "REF_invokeVirtual";
      case 6 -> "REF_invokeStatic";
      case 7 -> "REF_invokeSpecial";
      case 8 -> "REF_newInvokeSpecial";
      case 9 -> "REF_invokeInterface";
      default -> throw new IllegalArgumentException("a lambda of kind " + number);
    };
  }
}
