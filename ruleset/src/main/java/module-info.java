/** Filter chains: model, parser, diagnostics, printer, and the reference evaluator. */
module dev.jbpfilter.ruleset {
  requires static transitive org.jspecify;

  exports dev.jbpfilter.ruleset;
  exports dev.jbpfilter.ruleset.packet;
  exports dev.jbpfilter.ruleset.packet.capture;
}
