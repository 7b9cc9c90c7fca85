package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfEncoder;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.Linkage;
import dev.jbpfilter.bytecode.btf.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The types of a program's functions, without which the kernel knows no global function. */
final class FunctionTypes {
  /** Bytes of {@code struct bpf_func_info}. */
  static final int RECORD_BYTES = 8;

  private final byte[] btf;
  private final byte[] records;
  private final int count;

  private FunctionTypes(byte[] btf, byte[] records, int count) {
    this.btf = btf;
    this.records = records;
    this.count = count;
  }

  /** The types, in the kernel's format. */
  byte[] btf() {
    return btf;
  }

  /** {@code struct bpf_func_info} of each function. */
  byte[] records() {
    return records;
  }

  /** How many functions there are. */
  int count() {
    return count;
  }

  /** Whether a program needs them. */
  static boolean areNeededFor(ProgramSpec program) {
    for (ProgramSpec.Function function : program.functions()) {
      if (function.global()) {
        return true;
      }
    }
    return false;
  }

  static FunctionTypes of(ProgramSpec program) {
    BtfBuilder types = new BtfBuilder();
    int result = types.signed("int", Integer.BYTES);
    int number = types.unsigned("u64", Long.BYTES);
    String context = program.type().contextStructure().orElseThrow();
    int pointer = types.add(new BtfType.Ptr(types.add(new BtfType.Struct(context, 0, List.of()))));
    ByteBuffer records =
        ByteBuffer.allocate(program.functions().size() * RECORD_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    boolean main = true;
    for (ProgramSpec.Function function : program.functions()) {
      boolean typed = main || function.global();
      List<Parameter> parameters = new ArrayList<>();
      for (int i = 0; i < function.parameters(); i++) {
        parameters.add(new Parameter("p" + (i + 1), typed && i == 0 ? pointer : number));
      }
      int proto = types.add(new BtfType.FuncProto(result, parameters));
      Linkage linkage = typed ? Linkage.GLOBAL : Linkage.STATIC;
      int type = types.add(new BtfType.Func(function.name(), proto, linkage));
      records.putInt(function.slot()).putInt(type);
      main = false;
    }
    return new FunctionTypes(
        BtfEncoder.encode(types.build()), records.array(), program.functions().size());
  }
}
