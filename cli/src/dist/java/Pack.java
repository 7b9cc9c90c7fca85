import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Packs the classes of several jars into one, which starts faster: {@code Pack OUT.jar NAMES LIST
 * IN.jar…}. Our classes are {@link Desugar desugared}. Entries are sorted, stored and of one date,
 * so that the same input gives the same bytes. {@code NAMES} is a file of class names, one a line,
 * for which {@code LIST} gets the {@link ClassList lines of a class list}.
 */
final class Pack {
  /** That of project.build.outputTimestamp. */
  private static final LocalDateTime DATE = LocalDateTime.of(2026, 1, 1, 0, 0);

  private Pack() {}

  public static void main(String[] args) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (int i = 3; i < args.length; i++) {
      try (ZipFile jar = new ZipFile(args[i])) {
        for (ZipEntry entry : jar.stream().toList()) {
          if (belongs(entry)) {
            entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
          }
        }
      }
    }
    Desugar desugar =
        new Desugar(
            ClassHierarchyResolver.ofResourceParsing(type -> {
              String name = type.descriptorString();
              byte[] found = entries.get(name.substring(1, name.length() - 1) + ".class");
              return found == null ? null : new ByteArrayInputStream(found);
            }));
    entries.replaceAll((name, bytes) -> isOurs(name) ? desugar.apply(bytes) : bytes);
    write(entries, Path.of(args[0]));
    List<String> lines = new ArrayList<>();
    for (String name : Files.readAllLines(Path.of(args[1]))) {
      byte[] found = entries.get(name + ".class");
      if (found != null) {
        lines.addAll(ClassList.lines(found));
      } else {
        lines.add(name);
      }
    }
    Files.write(Path.of(args[2]), lines);
  }

  private static void write(Map<String, byte[]> entries, Path jar) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(entry.getValue());
        ZipEntry written = new ZipEntry(entry.getKey());
        written.setTimeLocal(DATE);
        written.setSize(entry.getValue().length);
        written.setCrc(crc.getValue());
        out.putNextEntry(written);
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
  }

  private static boolean isOurs(String name) {
    return name.startsWith("dev/") && name.endsWith(".class");
  }

  /** Classes and our resources: neither descriptors of modules nor libraries of other systems. */
  private static boolean belongs(ZipEntry entry) {
    String name = entry.getName();
    return name.endsWith(".class")
        ? !name.endsWith("module-info.class")
        : name.startsWith("dev/") && !entry.isDirectory();
  }
}
