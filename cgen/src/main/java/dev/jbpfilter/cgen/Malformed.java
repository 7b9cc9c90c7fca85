package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Label;

/**
 * Where a packet goes that is cut off or contradicts itself, by the layer where it does. All are
 * the same place unless failures are traced.
 */
record Malformed(Label link, Label network, Label transport) {

  /** One place for all layers. */
  static Malformed at(Label malformed) {
    return new Malformed(malformed, malformed, malformed);
  }

  /** A place for each layer. */
  static Malformed traced(CodeBuilder code) {
    return new Malformed(
        code.label("malformed_link"),
        code.label("malformed_network"),
        code.label("malformed_transport"));
  }

  /** Emits: tell of it and go on to one place, from each layer's. */
  void emitTraces(CodeBuilder code, Label malformed) {
    emitTrace(code, link, TraceMessage.LINK, malformed);
    emitTrace(code, network, TraceMessage.NETWORK, malformed);
    emitTrace(code, transport, TraceMessage.TRANSPORT, malformed);
  }

  private static void emitTrace(
      CodeBuilder code, Label layer, TraceMessage message, Label malformed) {
    code.bind(layer);
    message.emit(code);
    code.jump(malformed);
  }
}
