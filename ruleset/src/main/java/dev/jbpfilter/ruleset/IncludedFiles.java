package dev.jbpfilter.ruleset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Includes files below the directory of the including one. */
final class IncludedFiles implements IncludeResolver {
  private static final String PARSED = "";

  private final Path parsed;

  /** The paths by which files were opened, by identity. */
  private final Map<String, Path> opened = new HashMap<>();

  IncludedFiles(Path parsed) {
    this.parsed = parsed;
    opened.put(PARSED, parsed);
  }

  @Override
  public Included resolve(String including, String path) throws IncludeException {
    Path from = opened.get(including);
    if (from == null) {
      throw new IllegalArgumentException("no file was included as '" + including + "'");
    }
    try {
      Path named = sibling(from, path);
      Path real = named.toRealPath();
      if (!real.startsWith(sibling(from, "").toRealPath())) {
        throw new IncludeException("it is outside the directory of '" + from + "'");
      }
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
        throw new IncludeException("not a regular file");
      }
      if (real.equals(parsed.toRealPath())) {
        return new Included(PARSED, new Source(parsed.toString(), ""));
      }
      String identity = real.toString();
      opened.putIfAbsent(identity, named);
      return new Included(identity, new Source(named.toString(), read(real)));
    } catch (InvalidPathException e) {
      throw new IncludeException(e.getReason());
    } catch (NoSuchFileException e) {
      throw new IncludeException("No such file or directory");
    } catch (AccessDeniedException e) {
      throw new IncludeException("Permission denied");
    } catch (FileSystemException e) {
      throw new IncludeException(Optional.ofNullable(e.getReason()).orElse("it can't be read"));
    } catch (IOException e) {
      throw new IncludeException(String.valueOf(e.getMessage()));
    }
  }

  /** {@code path} in the directory of {@code file}; the directory itself if empty. */
  private static Path sibling(Path file, String path) {
    Path sibling = file.resolveSibling(path);
    return sibling.toString().isEmpty() ? Path.of(".") : sibling;
  }

  private static String read(Path file) throws IOException {
    // What the path named a moment ago may have become a link.
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
