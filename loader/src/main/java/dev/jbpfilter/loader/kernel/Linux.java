package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.MappedMemory;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import dev.jbpfilter.loader.kernel.internal.Syscalls;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The system calls that the package needs; a failure is a {@link BpfException}. */
final class Linux {
  static final int AT_FDCWD = -100;
  static final int O_RDONLY = 0;
  static final int O_CLOEXEC = 1 << 19;

  /** {@code CLOCK_REALTIME}: nanoseconds since 1970. */
  static final int REALTIME = 0;

  /** {@code CLOCK_MONOTONIC}: nanoseconds since boot, less those spent suspended. */
  static final int MONOTONIC = 1;

  private static final int MAP_SHARED = 1;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int READ_SIZE = 4096;
  private static final int STATX_SIZE = 256;
  private static final int STATX_TYPE_AND_INODE = 0x1 | 0x100;
  private static final int STATX_MODE = 28;
  private static final int STATX_INODE = 32;
  private static final int STATX_DEVICE_MAJOR = 136;
  private static final int STATX_DEVICE_MINOR = 140;

  /** What changes something that outlives the call, beyond descriptors of this process. */
  private static final Set<Syscall> TOLD_CALLS =
      EnumSet.of(Syscall.MKDIRAT, Syscall.UNLINKAT, Syscall.RENAMEAT2);

  private static final Set<BpfCommand> TOLD_COMMANDS =
      EnumSet.of(
          BpfCommand.OBJ_PIN,
          BpfCommand.MAP_FREEZE,
          BpfCommand.LINK_CREATE,
          BpfCommand.LINK_UPDATE,
          BpfCommand.LINK_DETACH);

  private final Syscalls syscalls;
  private final Consumer<String> steps;
  private final @Nullable Fd token;

  Linux(Syscalls syscalls) {
    this(syscalls, step -> {});
  }

  /**
   * @param steps told what is done that changes something
   */
  Linux(Syscalls syscalls, Consumer<String> steps) {
    this(syscalls, steps, null);
  }

  private Linux(Syscalls syscalls, Consumer<String> steps, @Nullable Fd token) {
    this.syscalls = syscalls;
    this.steps = steps;
    this.token = token;
  }

  /** The same calls, but bpf(2) commands that can carry a token do. */
  Linux with(Fd carried) {
    return new Linux(syscalls, steps, carried);
  }

  /** Tells of a step that has succeeded, in the words that an error message would have. */
  void tell(String object, String step) {
    steps.accept(object + ": " + step);
  }

  /** What {@code statx} tells of a file. */
  record FileStatus(FileIdentity identity, int mode) {
    private static final int S_IFMT = 0xF000;
    private static final int S_IFDIR = 0x4000;
    private static final int S_IFLNK = 0xA000;

    boolean isDirectory() {
      return (mode & S_IFMT) == S_IFDIR;
    }

    boolean isSymbolicLink() {
      return (mode & S_IFMT) == S_IFLNK;
    }
  }

  /** Makes a call, again after a signal; returns the result or the negative errno. */
  long attempt(Syscall call, long... arguments) {
    long result;
    do {
      result = syscalls.invoke(call, arguments);
    } while (result == -Errno.EINTR);
    return result;
  }

  /** Makes a call that must succeed. */
  long call(String object, Syscall call, long... arguments) {
    long result = require(attempt(call, arguments), call.label(), object);
    if (TOLD_CALLS.contains(call)) {
      tell(object, call.label());
    }
    return result;
  }

  /** Makes a bpf(2) call; returns the result or the negative errno. */
  int attempt(BpfCommand command, Attributes attributes) {
    addToken(command, attributes);
    return (int) attempt(Syscall.BPF, command.number(), attributes.address(), Attributes.SIZE);
  }

  /** Makes a bpf(2) call that must succeed. */
  int call(String object, BpfCommand command, Attributes attributes) {
    return require(attempt(command, attributes), command, object);
  }

  /** The same, once even if a signal interrupts it. */
  int attemptOnce(BpfCommand command, Attributes attributes) {
    addToken(command, attributes);
    return (int)
        syscalls.invoke(Syscall.BPF, command.number(), attributes.address(), Attributes.SIZE);
  }

  private void addToken(BpfCommand command, Attributes attributes) {
    if (token != null) {
      command.addToken(attributes, token);
    }
  }

  /**
   * Makes a call, once even if a signal interrupts it; returns the result or the negative errno.
   */
  long attemptOnce(Syscall call, long... arguments) {
    return syscalls.invoke(call, arguments);
  }

  void close(int fd, String object) {
    long result = syscalls.invoke(Syscall.CLOSE, fd);
    // Linux has closed the descriptor even when it says EINTR; a retry could hit a stranger's.
    if (result != -Errno.EINTR) {
      require(result, Syscall.CLOSE.label(), object);
    }
  }

  /** Opens a path; {@code O_CLOEXEC} comes with it. */
  Fd open(int directory, String path, int flags, String object) {
    return opened(attemptOpen(directory, path, flags), object);
  }

  /** The owner of the descriptor that a call returned, unless it is a negative errno. */
  Fd opened(long result, String object) {
    return new Fd(this, (int) require(result, Syscall.OPENAT.label(), object), object);
  }

  /** Opens a path; returns the descriptor or the negative errno. */
  long attemptOpen(int directory, String path, int flags) {
    try (NativeMemory name = NativeMemory.ofString(path)) {
      return attempt(Syscall.OPENAT, directory, name.address(), flags | O_CLOEXEC, 0);
    }
  }

  /** A new descriptor that waits for others. */
  Fd epoll(String object) {
    return new Fd(this, (int) call(object, Syscall.EPOLL_CREATE1, O_CLOEXEC), "epoll of " + object);
  }

  /**
   * Maps a part of a file, shared with everyone who does.
   *
   * @param protection {@code PROT_*}
   * @param offset a multiple of the page size
   */
  MappedMemory map(Fd file, int bytes, int protection, long offset) {
    long address =
        call(
            file.toString(), Syscall.MMAP, 0, bytes, protection, MAP_SHARED, file.number(), offset);
    return new MappedMemory(syscalls, address, bytes);
  }

  /**
   * What a clock shows, in nanoseconds.
   *
   * @param clock {@code CLOCK_*}
   */
  long clock(int clock) {
    try (NativeMemory time = new NativeMemory(2 * Long.BYTES)) {
      call("clock " + clock, Syscall.CLOCK_GETTIME, clock, time.address());
      return time.getLong(0) * NANOS_PER_SECOND + time.getLong(Long.BYTES);
    }
  }

  /** The whole content of a small file, as of /proc or /sys. */
  String readFile(String path) {
    return new String(readBytes(path, READ_SIZE), StandardCharsets.UTF_8);
  }

  /**
   * The whole content of a file.
   *
   * @param chunkSize how many bytes to read at a time
   */
  byte[] readBytes(String path, int chunkSize) {
    try (Fd file = open(AT_FDCWD, path, O_RDONLY, path);
        NativeMemory chunk = new NativeMemory(chunkSize)) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      int read;
      while ((read = (int) call(path, Syscall.READ, file.number(), chunk.address(), chunkSize))
          > 0) {
        content.writeBytes(chunk.get(0, read));
      }
      return content.toByteArray();
    }
  }

  /** The target of a symbolic link. */
  String readLink(String path) {
    try (NativeMemory name = NativeMemory.ofString(path);
        NativeMemory target = new NativeMemory(READ_SIZE)) {
      long length =
          call(path, Syscall.READLINKAT, AT_FDCWD, name.address(), target.address(), READ_SIZE);
      return target.getString(0, (int) length);
    }
  }

  /**
   * What a path names.
   *
   * @param flags {@code AT_*}
   */
  FileStatus status(int directory, String path, int flags, String object) {
    try (NativeMemory name = NativeMemory.ofString(path);
        NativeMemory status = new NativeMemory(STATX_SIZE)) {
      call(
          object,
          Syscall.STATX,
          directory,
          name.address(),
          flags,
          STATX_TYPE_AND_INODE,
          status.address());
      long major = Integer.toUnsignedLong(status.getInt(STATX_DEVICE_MAJOR));
      long minor = Integer.toUnsignedLong(status.getInt(STATX_DEVICE_MINOR));
      return new FileStatus(
          new FileIdentity(major << Integer.SIZE | minor, status.getLong(STATX_INODE)),
          status.getShort(STATX_MODE));
    }
  }

  /** The result of a bpf(2) command, unless it is a negative errno. */
  int require(int result, BpfCommand command, String object) {
    require(result, command.label(), object);
    if (TOLD_COMMANDS.contains(command)) {
      tell(object, command.label());
    }
    return result;
  }

  /** The result of a step, unless it is a negative errno. */
  static long require(long result, String step, String object) {
    if (result < 0) {
      throw new BpfException(step, (int) -result, object);
    }
    return result;
  }
}
