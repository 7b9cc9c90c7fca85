/**
 * eBPF in pure Java: instructions, register allocation, encoding, program and map specifications.
 */
module dev.jbpfilter.bytecode {
  requires static transitive org.jspecify;

  exports dev.jbpfilter.bytecode;
  exports dev.jbpfilter.bytecode.assembler;
  exports dev.jbpfilter.bytecode.btf;
  exports dev.jbpfilter.bytecode.elf;
  exports dev.jbpfilter.bytecode.interpreter;
}
