package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import java.nio.charset.StandardCharsets;

/** What programs that trace failures write to the kernel's trace pipe. */
enum TraceMessage {
  LINK("failed to create L2 header: the packet ends before"),
  NETWORK("failed to create L3 header: the packet ends before, or the header is malformed"),
  TRANSPORT("failed to create L4 header: the packet ends before"),
  LOG("failed to log: the ring buffer is full");

  /** Name of the map that holds the messages, and of its pin. */
  private static final String MAP = "bf_pmap";

  private final String text;

  TraceMessage(String text) {
    this.text = text + "\0";
  }

  /** The map of all messages. */
  static MapSpec spec() {
    StringBuilder all = new StringBuilder();
    for (TraceMessage message : values()) {
      all.append(message.text);
    }
    byte[] value = all.toString().getBytes(StandardCharsets.US_ASCII);
    MapEntries entries = MapEntries.of(1, new byte[Integer.BYTES], value);
    return new MapSpec(
        MAP,
        MapType.ARRAY,
        Integer.BYTES,
        value.length,
        1,
        MapSpec.READ_ONLY_FOR_PROGRAMS,
        null,
        entries);
  }

  /** Emits: write the message. */
  void emit(CodeBuilder code) {
    int offset = 0;
    for (TraceMessage message : values()) {
      if (message == this) {
        break;
      }
      offset += message.text.length();
    }
    code.call(
        Helpers.TRACE_PRINTK,
        code.constant(new Constant.MapValue(MAP, offset)),
        code.constant(text.length()));
  }
}
