package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.JsonWriter;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Plan;
import java.util.List;

/** Plans for programs; {@code doc/optimiser.md} describes the document. */
final class PlanJson {
  private static final String FORMAT = "jbpfilter-plan";
  private static final int VERSION = 1;
  private static final long TENTHS = 10;

  private final JsonWriter json;

  PlanJson(Appendable out) {
    json = new JsonWriter(out);
  }

  void write(List<CompiledChain> chains) {
    json.object().member("format", FORMAT).member("version", VERSION);
    json.name("chains").array();
    for (CompiledChain chain : chains) {
      json.object().member("name", chain.plan().chain());
      json.member("hook", chain.filter().hook().keyword());
      json.member("parsed_to", chain.filter().depth().label());
      json.member("rules", chain.filter().ruleCount());
      json.member("rules_that_matter", chain.filter().rules().size());
      json.name("regions").array();
      for (Plan.Part region : chain.plan().regions()) {
        region(region);
      }
      json.end().end();
    }
    json.end();
    json.end().finish();
  }

  private void region(Plan.Part region) {
    json.object().member("first", region.first()).member("last", region.last());
    json.member("rules", region.rules()).member("in_sequence", region.inSequence());
    json.name("lookups").array();
    for (Plan.Lookup lookup : region.lookups()) {
      json.object().name("packets").flatArray();
      for (String packets : lookup.packets()) {
        json.value(packets);
      }
      json.end().member("rules", lookup.rules());
      json.name("chosen");
      option(lookup.chosen());
      json.name("others").array();
      for (Plan.Option other : lookup.others()) {
        option(other);
      }
      json.end().end();
    }
    json.end().end();
  }

  private void option(Plan.Option option) {
    json.flatObject().member("kind", option.kind());
    if (option.fits()) {
      // Tenths of nanoseconds: more digits would claim more than an estimate is.
      json.name("nanoseconds").value((float) Math.round(option.nanos() * TENTHS) / TENTHS);
      json.member("bytes", option.bytes()).member("details", option.details());
    } else {
      json.member("refused", option.details());
    }
    json.end();
  }
}
