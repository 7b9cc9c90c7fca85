/** The compiler from filter chains to eBPF programs. */
module dev.jbpfilter.cgen {
  requires static transitive org.jspecify;
  requires transitive dev.jbpfilter.bytecode;
  requires transitive dev.jbpfilter.ruleset;

  exports dev.jbpfilter.cgen;
  exports dev.jbpfilter.cgen.analysis;
  exports dev.jbpfilter.cgen.analysis.lint;
  exports dev.jbpfilter.cgen.lookup;
}
