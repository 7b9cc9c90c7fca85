/** Kernel objects by bpf(2), and the life cycle of chains in bpffs. */
module dev.jbpfilter.loader {
  requires static transitive org.jspecify;
  requires transitive dev.jbpfilter.cgen;
  requires com.sun.jna;

  exports dev.jbpfilter.loader;
  exports dev.jbpfilter.loader.kernel;
}
