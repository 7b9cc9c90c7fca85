package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.JsonWriter;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Rule;
import java.util.List;
import java.util.Locale;

/** What chains counted between two looks, as a JSON document; doc/json.md tells what is in it. */
final class TopJson {
  private static final String FORMAT = "jbpfilter-top";
  private static final int VERSION = 1;
  private static final double NANOS_PER_SECOND = 1e9;

  private final JsonWriter json;
  private final InterfaceResolver interfaces;
  private final double seconds;

  private TopJson(Appendable out, InterfaceResolver interfaces, long interval) {
    this.json = new JsonWriter(out);
    this.interfaces = interfaces;
    this.seconds = interval / NANOS_PER_SECOND;
  }

  /**
   * Writes a document.
   *
   * @param interfaces knows the names of interfaces
   * @param flat whether it is to stand on one line
   * @param time of the later look, in nanoseconds since 1970 (UTC)
   * @param interval between the looks, in nanoseconds
   */
  static void write(
      Appendable out,
      InterfaceResolver interfaces,
      boolean flat,
      long time,
      long interval,
      List<TopChain> chains) {
    TopJson document = new TopJson(out, interfaces, interval);
    JsonWriter json = flat ? document.json.flatObject() : document.json.object();
    json.member("format", FORMAT).member("version", VERSION);
    json.member("time", UtcTime.text(time)).member("time_ns", time);
    json.member("interval_ns", interval);
    json.name("chains").array();
    for (TopChain chain : chains) {
      document.chain(chain);
    }
    json.end();
    json.end().finish();
  }

  private void chain(TopChain top) {
    Chain chain = top.chain();
    json.object().member("name", chain.name()).member("hook", chain.hook().keyword());
    json.member("attached", top.observed().attached()).member("policy", chain.policy().name());
    top.observed().lostRecords().ifPresent(lost -> json.name("log_entries_lost").unsigned(lost));
    if (top.runs() != 0) {
      json.name("program").flatObject();
      rate("runs_per_second", top.runs());
      json.name("mean_ns").value((float) top.runNanos() / top.runs()).end();
    }
    json.name("counters").object();
    json.name("policy").flatObject();
    counter(top, top.policy());
    json.end();
    json.name("error").flatObject();
    counter(top, top.errors());
    json.end();
    json.end();
    json.name("rules").array();
    RuleLine line = new RuleLine(chain, interfaces);
    for (TopRow row : top.rules()) {
      Rule rule = chain.rules().get(row.index());
      json.flatObject().member("index", row.index());
      json.member("text", line.text(rule));
      chain
          .disabledReason(rule)
          .ifPresent(reason -> json.member("disabled", reason.name().toLowerCase(Locale.ROOT)));
      counter(top, row);
      json.end();
    }
    json.end();
    json.end();
  }

  private void counter(TopChain top, TopRow row) {
    boolean packets = top.chain().hook().flavor().seesPackets();
    json.name(packets ? "packets" : "calls").unsigned(row.total().packets());
    rate(packets ? "packets_per_second" : "calls_per_second", row.growth().packets());
    if (packets) {
      json.name("bytes").unsigned(row.total().bytes());
      rate("bytes_per_second", row.growth().bytes());
    }
    double share = top.share(row);
    if (!Double.isNaN(share)) {
      json.name("share").value((float) share);
    }
  }

  private void rate(String name, long growth) {
    json.name(name).value((float) (growth / seconds));
  }
}
