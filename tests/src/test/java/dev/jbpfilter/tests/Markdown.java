package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The fenced blocks of a page. */
final class Markdown {
  private Markdown() {}

  /** A fenced block: the words behind the fence, and the lines. */
  record Block(String info, String text) {}

  /** All blocks of {@code page} in order. */
  static List<Block> blocks(Path page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    String info = null;
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(page)) {
      if (!line.startsWith("```")) {
        text.append(line).append('\n');
      } else if (info == null) {
        info = line.substring(3);
        text.setLength(0);
      } else {
        blocks.add(new Block(info, text.toString()));
        info = null;
      }
    }
    assertThat(info).as("%s: a block that does not end", page).isNull();
    return blocks;
  }

  /** The page with other texts in some of its blocks, which are counted from 0. */
  static String withTexts(Path page, Map<Integer, String> texts) throws IOException {
    StringBuilder out = new StringBuilder();
    int fences = 0;
    for (String line : Files.readAllLines(page)) {
      boolean fence = line.startsWith("```");
      int block = fences / 2;
      if (fence && fences % 2 == 1) {
        out.append(texts.getOrDefault(block, ""));
      }
      if (fence || fences % 2 == 0 || !texts.containsKey(block)) {
        out.append(line).append('\n');
      }
      fences += fence ? 1 : 0;
    }
    return out.toString();
  }

  /** The rows of the table of {@code page} whose first heading is {@code heading}, as cells. */
  static List<List<String>> table(Path page, String heading) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(page)) {
      inside = line.startsWith("| " + heading + " |") || (inside && line.startsWith("|"));
      if (inside) {
        String[] cells = line.substring(1).split("\\|", -1);
        rows.add(Stream.of(cells).limit(cells.length - 1L).map(String::strip).toList());
      }
    }
    assertThat(rows).as("the table %s of %s", heading, page).hasSizeGreaterThan(2);
    return rows.subList(2, rows.size());
  }

  /** The text of the blocks of {@code page} that begin with {@code info}. */
  static List<String> texts(Path page, String info) throws IOException {
    return blocks(page).stream()
        .filter(block -> block.info().equals(info))
        .map(Block::text)
        .toList();
  }
}
