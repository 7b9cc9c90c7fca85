package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.StateBytes.putInt;

import dev.jbpfilter.loader.kernel.FileIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a later process must know of a transaction to end it, should this one die.
 *
 * @param namespace the network name space in which its chains are attached
 * @param arriving the chains that come
 * @param leaving the names of those that go, of which some are also those of arriving ones; as they
 *     are to be attached when they are restored
 * @param owner the process whose transaction it is
 * @param deadline when it is given up, in milliseconds since 1970 (UTC); 0 if it needs no
 *     confirmation
 */
record TransactionRecord(
    Phase phase,
    FileIdentity namespace,
    List<Arriving> arriving,
    List<String> leaving,
    int owner,
    long deadline) {
  private static final StateBytes FORMAT = new StateBytes(0x3130_4e52_5450_424aL, 1); // "JBPTRN01"

  /** Copies the lists. */
  TransactionRecord {
    arriving = List.copyOf(arriving);
    leaving = List.copyOf(leaving);
  }

  /** How far a transaction is, which says how it is to end. The order is that of the format. */
  enum Phase {
    /** The hooks may have the new programs, but the directories are still the old ones: back. */
    PREPARED,
    /** The hooks have the new programs: forward. */
    COMMITTED,
    /** The same, until somebody confirms it: forward, and then all of it back. */
    ON_TRIAL,
    /** Somebody confirmed it: only the old chains are left to remove. */
    CONFIRMED
  }

  /**
   * A chain that comes.
   *
   * @param directory its directory, whatever the name is that this has
   */
  record Arriving(String name, FileIdentity directory) {}

  /** The same transaction, in another phase. It takes as many bytes. */
  TransactionRecord in(Phase other) {
    return new TransactionRecord(other, namespace, arriving, leaving, owner, deadline);
  }

  /** The directory of a chain that comes, if one of that name does. */
  Optional<FileIdentity> directoryOf(String name) {
    for (Arriving chain : arriving) {
      if (chain.name().equals(name)) {
        return Optional.of(chain.directory());
      }
    }
    return Optional.empty();
  }

  byte[] encode() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    putInt(body, List.of(Phase.values()).indexOf(phase));
    StateBytes.putIdentity(body, namespace);
    putInt(body, arriving.size());
    for (Arriving chain : arriving) {
      StateBytes.putText(body, chain.name());
      StateBytes.putIdentity(body, chain.directory());
    }
    putInt(body, leaving.size());
    for (String name : leaving) {
      StateBytes.putText(body, name);
    }
    putInt(body, owner);
    StateBytes.putLong(body, deadline);
    return FORMAT.seal(body.toByteArray());
  }

  /**
   * The record that bytes stand for.
   *
   * @throws UnreadableStateException if they stand for none
   */
  static TransactionRecord decode(byte[] bytes) {
    return FORMAT.open(bytes, TransactionRecord::decodeBody);
  }

  private static TransactionRecord decodeBody(ByteBuffer body) {
    int phase = body.getInt();
    if (phase < 0 || phase >= Phase.values().length) {
      throw StateBytes.damaged("phase " + phase);
    }
    FileIdentity namespace = StateBytes.getIdentity(body);
    List<Arriving> arriving = new ArrayList<>();
    int count = StateBytes.getCount(body);
    for (int i = 0; i < count; i++) {
      arriving.add(new Arriving(StateBytes.getText(body), StateBytes.getIdentity(body)));
    }
    List<String> leaving = new ArrayList<>();
    count = StateBytes.getCount(body);
    for (int i = 0; i < count; i++) {
      leaving.add(StateBytes.getText(body));
    }
    return new TransactionRecord(
        Phase.values()[phase], namespace, arriving, leaving, body.getInt(), body.getLong());
  }
}
