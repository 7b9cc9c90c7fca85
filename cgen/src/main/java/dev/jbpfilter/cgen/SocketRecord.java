package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.ruleset.packet.LogLayout;

/**
 * Emits what a log record says of a socket call.
 *
 * @param record cleared but for time, rule and verdict
 */
record SocketRecord(
    CodeBuilder code, SocketAddressFlavor flavor, Virt context, StackVariable record) {
  private static final int COMMAND_BYTES = 16;

  void emit() {
    code.store(record, LogLayout.ETHER_TYPE, Size.H, flavor.networkProtocol());
    code.store(record, LogLayout.PROTOCOL, Size.B, flavor.protocol(code, context));
    code.store(record, LogLayout.TYPE, Size.B, LogLayout.SOCKET_CALL);
    code.store(record, LogLayout.PORT, Size.H, flavor.port(code, context));
    code.store(record, LogLayout.CAPTURED, Size.B, flavor.hasSource() ? 1 : 0);
    copyAddress(LogLayout.DESTINATION, flavor.destination());
    if (flavor.hasSource()) {
      copyAddress(LogLayout.SOURCE, flavor.source());
    }
    Virt ids = code.call(Helpers.GET_CURRENT_PID_TGID);
    code.store(record, LogLayout.PROCESS, Size.W, code.shiftRight(ids, Integer.SIZE));
    Virt command = code.add(Virt.FRAME, record.offset(LogLayout.COMMAND, Size.B));
    code.call(Helpers.GET_CURRENT_COMM, command, code.constant(COMMAND_BYTES));
  }

  private void copyAddress(int to, int from) {
    for (int at = 0; at < flavor.addressBytes(); at += Integer.BYTES) {
      code.store(record, to + at, Size.W, code.load(Size.W, context, from + at));
    }
  }
}
