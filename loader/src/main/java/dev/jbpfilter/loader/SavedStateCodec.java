package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.StateBytes.damaged;
import static dev.jbpfilter.loader.StateBytes.getIdentity;
import static dev.jbpfilter.loader.StateBytes.getOptional;
import static dev.jbpfilter.loader.StateBytes.getText;
import static dev.jbpfilter.loader.StateBytes.putInt;
import static dev.jbpfilter.loader.StateBytes.putOptional;

import dev.jbpfilter.loader.SavedState.Attached;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.HookOptions.Priorities;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Saved state as {@linkplain StateBytes bytes}. The body is the sequence number; whether the chain
 * is attached, and if so the interface index, the cgroup's path, the two priorities, the network
 * name space and the cgroup; the number of maps and their names; the chain. The version also
 * changes when a map of the same name would be filled in another way.
 */
final class SavedStateCodec {
  private static final StateBytes FORMAT = new StateBytes(0x3130_544c_4650_424aL, 3); // "JBPFLT01"

  private SavedStateCodec() {}

  static byte[] encode(SavedState state) {
    // Chains may be long: their text is copied once.
    byte[] chain = state.chain().getBytes(StandardCharsets.UTF_8);
    byte[] length =
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(chain.length)
            .array();
    return FORMAT.seal(encodeFacts(state), length, chain);
  }

  /**
   * The state that bytes stand for.
   *
   * @throws UnreadableStateException if they stand for none
   */
  static SavedState decode(byte[] bytes) {
    return FORMAT.open(bytes, SavedStateCodec::decodeBody);
  }

  /** All of the body but the chain. */
  private static byte[] encodeFacts(SavedState state) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    StateBytes.putLong(body, state.sequence());
    putOptional(body, state.attached(), SavedStateCodec::putAttached);
    putInt(body, state.maps().size());
    for (String map : state.maps()) {
      StateBytes.putText(body, map);
    }
    return body.toByteArray();
  }

  private static SavedState decodeBody(ByteBuffer body) {
    long sequence = body.getLong();
    Attached attached = getOptional(body, SavedStateCodec::getAttached);
    int count = StateBytes.getCount(body);
    List<String> maps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      maps.add(getText(body));
    }
    return new SavedState(getText(body), sequence, attached, maps);
  }

  private static void putAttached(ByteArrayOutputStream body, Attached attached) {
    HookOptions options = attached.options();
    putOptional(body, options.ifindex(), StateBytes::putInt);
    putOptional(body, options.cgpath(), StateBytes::putText);
    putOptional(
        body,
        options.priorities(),
        (out, priorities) -> {
          putInt(out, priorities.active());
          putInt(out, priorities.spare());
        });
    StateBytes.putIdentity(body, attached.namespace());
    putOptional(body, attached.cgroup(), StateBytes::putIdentity);
  }

  private static Attached getAttached(ByteBuffer body) {
    try {
      HookOptions options =
          new HookOptions(
              getOptional(body, ByteBuffer::getInt),
              getOptional(body, StateBytes::getText),
              getOptional(body, in -> new Priorities(in.getInt(), in.getInt())));
      return new Attached(options, getIdentity(body), getOptional(body, StateBytes::getIdentity));
    } catch (IllegalArgumentException e) {
      throw damaged("hook options that there cannot be", e);
    }
  }
}
