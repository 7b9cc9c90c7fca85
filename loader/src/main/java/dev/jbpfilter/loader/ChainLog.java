package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.cgen.LogMap;
import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.RingBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the log rules of a chain log, in the order of their matches. Entries wait in the kernel, at
 * most 128 KiB of them, until somebody reads them; what is logged beyond that is lost, and counted.
 * Several readers share the entries: each is one's only.
 *
 * <p>The log is that of the chain as it was when it was opened: after an update there is nothing
 * new in it. It locks nothing. One object is for one thread.
 *
 * <pre>{@code
 * try (ChainLog log = bpfilter.openLog("web")) {
 *   while (log.await(Duration.ofSeconds(10))) {
 *     log.poll().map(LogRecord::decode).ifPresent(System.out::println);
 *   }
 * }
 * }</pre>
 */
public final class ChainLog implements AutoCloseable {
  /** Pin of the ring buffer; absent if no rule logs. */
  static final String MAP = LogMap.NAME;

  private final Kernel kernel;
  private final RingBuffer ring;
  private final @Nullable LostRecords lost;

  private ChainLog(Kernel kernel, RingBuffer ring, @Nullable LostRecords lost) {
    this.kernel = kernel;
    this.ring = ring;
    this.lost = lost;
  }

  /**
   * Opens the log of a chain.
   *
   * @throws BpfException with {@code ENOENT} if no rule of it logs
   * @throws UnreadableStateException if the chain is not ours, or damaged
   */
  static ChainLog open(Kernel kernel, String chain, ChainDirectory directory) {
    SavedState state = directory.state();
    if (!state.maps().contains(MAP)) {
      throw BpfException.refusal(Errno.ENOENT, "chain '" + chain + "' has no logs buffer");
    }
    BpfMap map = directory.map(MAP);
    if (map.info().type() != MapType.RINGBUF.number()) {
      map.close();
      throw new UnreadableStateException(new Reason.Damaged(MAP + " is no ring buffer"));
    }
    RingBuffer ring = kernel.openRingBuffer(map);
    try {
      return new ChainLog(kernel, ring, LostRecords.open(directory, state).orElse(null));
    } catch (RuntimeException e) {
      new Cleanup(e).run(ring::close);
      throw e;
    }
  }

  /**
   * The next entry, which from now on is nobody else's, for {@link
   * dev.jbpfilter.ruleset.packet.LogRecord#decode}; empty if there is none now.
   *
   * @throws BpfException with {@code EPROTO} if another tool has spoilt the position of readers
   */
  public Optional<byte[]> poll() {
    return ring.poll();
  }

  /**
   * Waits until there is an entry to read, or some time has passed.
   *
   * @return whether there may be one; another reader may be faster
   */
  public boolean await(Duration timeout) {
    return ring.await(timeout);
  }

  /**
   * How many entries found no room since the log is there, unsigned; empty if the chain was loaded
   * by a version that did not count them. Any thread may ask.
   */
  public OptionalLong lost() {
    return lost == null ? OptionalLong.empty() : OptionalLong.of(lost.count());
  }

  /**
   * What to add to the time of an entry to get nanoseconds since 1970 (UTC), by the present setting
   * of the wall clock: it changes when the clock is set, and with each time the system was
   * suspended.
   */
  public long bootTime() {
    return kernel.bootTime();
  }

  /** Closes the log; what was not read stays for others. */
  @Override
  public void close() {
    Cleanup cleanup = new Cleanup();
    cleanup.run(ring::close);
    if (lost != null) {
      cleanup.run(lost::close);
    }
    cleanup.throwFirst();
  }
}
