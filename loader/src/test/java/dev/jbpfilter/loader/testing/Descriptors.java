package dev.jbpfilter.loader.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The process's open descriptors, but for those that the virtual machine opens at will. */
public final class Descriptors {
  private Descriptors() {}

  /** Number and target of each. */
  public static List<String> open() {
    TreeSet<String> open = new TreeSet<>();
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      for (Path link : links.toList()) {
        String target = target(link);
        if (!target.isEmpty() && !belongsToTheMachine(target)) {
          open.add(link.getFileName() + " " + target);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return List.copyOf(open);
  }

  /** Archives, random numbers, the listing itself, and the pipes to tools that have just ended. */
  private static boolean belongsToTheMachine(String target) {
    return target.endsWith(".jar")
        || target.endsWith("random")
        || target.endsWith("/fd")
        || target.startsWith("pipe:");
  }

  private static String target(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
