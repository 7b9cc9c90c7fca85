package dev.jbpfilter.tests.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.jbpfilter.bytecode.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs as JSON, one row on a line, and back. Times have two decimals. */
final class RunJson {
  private RunJson() {}

  /** A run as a document. */
  static String write(BenchmarkRun run) {
    StringBuilder text = new StringBuilder();
    JsonWriter json = new JsonWriter(text);
    json.object().member("kernel", run.kernel()).member("processors", run.processors());
    json.member("rounds", run.rounds()).name("yardstick");
    write(json.flatObject(), run.yardstick());
    json.name("rows").array();
    for (Figures figures : run.rows()) {
      write(json, run, figures);
    }
    json.end().name("refused").array();
    for (BenchmarkRun.Refusal refusal : run.refusals()) {
      json.flatObject().member("row", refusal.row()).member("variant", refusal.variant());
      json.member("reason", refusal.reason()).end();
    }
    json.end().end().finish();
    return text.toString();
  }

  private static void write(JsonWriter json, BenchmarkRun run, Figures figures) {
    json.flatObject().member("row", figures.row()).member("variant", figures.variant());
    json.member("rules", figures.rules()).member("instructions", figures.instructions());
    json.member("verified", figures.verified()).member("jitedBytes", figures.jitedBytes());
    json.member("tableBytes", figures.tableBytes());
    json.name("loadMs").value(rounded(figures.loadMillis()));
    json.name("compileMs").value(rounded(figures.compileMillis()));
    writeNanos(json, run, "packet", figures.packet());
    writeNanos(json, run, "flows", figures.flows());
    if (figures.command().isPresent()) {
      Figures.Command command = figures.command().get();
      json.name("command");
      json.object().name("peakMB").value(rounded(command.peakMegabytes()));
      write(json, command.millis());
    }
    json.end();
  }

  private static void writeNanos(
      JsonWriter json, BenchmarkRun run, String name, Optional<Spread> nanos) {
    if (nanos.isPresent()) {
      json.name(name)
          .object()
          .name("yardsticks")
          .value(rounded(run.yardsticks(nanos.get().median())));
      write(json, nanos.get());
    }
  }

  private static void write(JsonWriter json, Spread spread) {
    json.name("median").value(rounded(spread.median()));
    json.name("low").value(rounded(spread.low())).name("high").value(rounded(spread.high())).end();
  }

  private static float rounded(double value) {
    return Math.round(value * 100) / 100f;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is no such document
   */
  static BenchmarkRun read(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        throw new IOException("there is no document");
      }
      return run(new Members(value(parser)));
    }
  }

  private static BenchmarkRun run(Members json) throws IOException {
    List<Figures> rows = new ArrayList<>();
    for (Object row : json.list("rows")) {
      rows.add(figures(new Members(row)));
    }
    List<BenchmarkRun.Refusal> refusals = new ArrayList<>();
    for (Object refused : json.list("refused")) {
      Members refusal = new Members(refused);
      refusals.add(
          new BenchmarkRun.Refusal(
              refusal.text("row"), refusal.text("variant"), refusal.text("reason")));
    }
    return new BenchmarkRun(
        json.text("kernel"),
        (int) json.number("processors"),
        (int) json.number("rounds"),
        spread(json.object("yardstick")),
        rows,
        refusals);
  }

  private static Figures figures(Members row) throws IOException {
    return new Figures(
        row.text("row"),
        row.text("variant"),
        (int) row.number("rules"),
        (long) row.number("instructions"),
        (long) row.number("verified"),
        (long) row.number("jitedBytes"),
        (long) row.number("tableBytes"),
        row.number("loadMs"),
        row.number("compileMs"),
        row.has("packet") ? Optional.of(spread(row.object("packet"))) : Optional.empty(),
        row.has("flows") ? Optional.of(spread(row.object("flows"))) : Optional.empty(),
        row.has("command") ? Optional.of(command(row.object("command"))) : Optional.empty());
  }

  private static Figures.Command command(Members json) throws IOException {
    return new Figures.Command(spread(json), json.number("peakMB"));
  }

  private static Spread spread(Members json) throws IOException {
    return new Spread(json.number("median"), json.number("low"), json.number("high"));
  }

  /** The value that the parser stands on: a map, a list, a string or a double. */
  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield elements;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING -> parser.getText();
      default -> throw new IOException(parser.currentToken() + " at " + parser.currentLocation());
    };
  }

  /** An object, whose members must be there and of the kind that is asked for. */
  private record Members(Object value) {
    boolean has(String name) {
      return value instanceof Map<?, ?> members && members.containsKey(name);
    }

    private <T> T member(String name, Class<T> kind) throws IOException {
      Object member = value instanceof Map<?, ?> members ? members.get(name) : null;
      if (!kind.isInstance(member)) {
        throw new IOException(name + " is " + member);
      }
      return kind.cast(member);
    }

    String text(String name) throws IOException {
      return member(name, String.class);
    }

    double number(String name) throws IOException {
      return member(name, Double.class);
    }

    List<?> list(String name) throws IOException {
      return member(name, List.class);
    }

    Members object(String name) throws IOException {
      return new Members(member(name, Map.class));
    }
  }
}
