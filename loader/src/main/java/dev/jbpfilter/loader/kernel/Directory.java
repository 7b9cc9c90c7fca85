package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.Architecture;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An open directory. Everything is named relative to its descriptor, so it stays the same directory
 * whatever is renamed, and no name leads out of it: a name with a slash, {@code .} and {@code ..}
 * are refused with {@link IllegalArgumentException}, symbolic links with {@code ELOOP} or {@code
 * ENOTDIR}.
 */
public final class Directory implements AutoCloseable {
  /** How long {@link #lock(LockMode)} waits. */
  public static final Duration LOCK_WAIT = Duration.ofSeconds(5);

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int LOCK_NB = 4;
  private static final long LOCK_STEP_MILLIS = 10;
  private static final long LOCK_MAX_STEP_MILLIS = 50;

  private static final int DIRENTS_SIZE = 1 << 15;
  private static final int DIRENT_LENGTH = 16;
  private static final int DIRENT_TYPE = 18;
  private static final int DIRENT_NAME = 19;
  private static final int DT_UNKNOWN = 0;
  private static final int DT_DIR = 4;

  private static final int PATHNAME = 0;
  private static final int OBJECT = 8;
  private static final int FILE_FLAGS = 12;
  private static final int PATH_FD = 16;
  private static final int BPF_F_RDONLY = 1 << 3;
  private static final int BPF_F_PATH_FD = 1 << 14;

  private final Linux linux;
  private final Fd fd;
  private final String path;

  private Directory(Linux linux, Fd fd, String path) {
    this.linux = linux;
    this.fd = fd;
    this.path = path;
  }

  /** A name in a directory. */
  public record Entry(String name, boolean isDirectory) {}

  /** Opens a path of the user's, through symbolic links if it has any. */
  static Directory open(Linux linux, String path) {
    int flags = Architecture.current().openDirectory();
    return new Directory(linux, linux.open(Linux.AT_FDCWD, path, flags, path), path);
  }

  /** The descriptor, which stays the directory's. */
  public Fd fd() {
    return fd;
  }

  /** Where the directory was when it was opened. */
  public String path() {
    return path;
  }

  /** Opens a directory in this one. */
  public Directory open(String name) {
    String child = child(name);
    return new Directory(linux, linux.open(fd.number(), name, childFlags(), child), child);
  }

  /** Opens a directory in this one, if there is one of that name. */
  public Optional<Directory> find(String name) {
    String child = child(name);
    long result = linux.attemptOpen(fd.number(), name, childFlags());
    if (result == -Errno.ENOENT) {
      return Optional.empty();
    }
    return Optional.of(new Directory(linux, linux.opened(result, child), child));
  }

  /**
   * Creates a directory in this one.
   *
   * @param mode permission bits, less those of the process's umask
   */
  public void create(String name, int mode) {
    callNamed(Syscall.MKDIRAT, name, mode);
  }

  /** Removes a name that is no directory's; a pinned object lives on while it has other owners. */
  public void unlink(String name) {
    callNamed(Syscall.UNLINKAT, name, 0);
  }

  /** Removes an empty directory. */
  public void removeDirectory(String name) {
    callNamed(Syscall.UNLINKAT, name, AT_REMOVEDIR);
  }

  /** Renames what has a name in this directory, possibly into another on the same file system. */
  public void rename(String name, Directory target, String newName, RenameMode mode) {
    String child = child(name);
    target.child(newName);
    try (NativeMemory from = NativeMemory.ofString(name);
        NativeMemory to = NativeMemory.ofString(newName)) {
      linux.call(
          child + " to " + newName,
          Syscall.RENAMEAT2,
          fd.number(),
          from.address(),
          target.fd.number(),
          to.address(),
          mode.flags());
    }
  }

  /** What is in the directory now, sorted by name. */
  public List<Entry> entries() {
    // A fresh descriptor: the position in this one is shared with everyone who inherited it.
    int flags = Architecture.current().openDirectory();
    List<Entry> entries = new ArrayList<>();
    try (Fd listing = linux.open(fd.number(), ".", flags, path);
        NativeMemory chunk = new NativeMemory(DIRENTS_SIZE)) {
      int bytes;
      do {
        bytes =
            (int)
                linux.call(
                    path, Syscall.GETDENTS64, listing.number(), chunk.address(), DIRENTS_SIZE);
        readEntries(chunk, bytes, entries);
      } while (bytes > 0);
    }
    entries.sort((one, other) -> one.name().compareTo(other.name()));
    return List.copyOf(entries);
  }

  /** Locks the directory, waiting up to {@link #LOCK_WAIT}. */
  public void lock(LockMode mode) {
    lock(mode, LOCK_WAIT);
  }

  /**
   * Locks the directory ({@code flock(2)}) until it is closed. The lock belongs to this object, not
   * to the process: a second {@code Directory} of the same directory competes with it.
   *
   * @param wait how long to try; zero tries once. Then it fails with {@code EAGAIN}, and with
   *     {@code EINTR} when the thread is interrupted
   */
  public void lock(LockMode mode, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    long step = LOCK_STEP_MILLIS;
    while (true) {
      long result = linux.attempt(Syscall.FLOCK, fd.number(), mode.operation() | LOCK_NB);
      if (result >= 0) {
        linux.tell(path, Syscall.FLOCK.label() + " " + mode.name().toLowerCase(Locale.ROOT));
        return;
      }
      if (result != -Errno.EAGAIN || System.nanoTime() - deadline >= 0) {
        throw new BpfException(Syscall.FLOCK.label(), (int) -result, path);
      }
      pause(step);
      step = Math.min(2 * step, LOCK_MAX_STEP_MILLIS);
    }
  }

  /** Which directory this is. */
  public FileIdentity identity() {
    return linux.status(fd.number(), "", AT_EMPTY_PATH, path).identity();
  }

  /** Which file or directory has a name here now, if any has. */
  public Optional<FileIdentity> identityOf(String name) {
    try {
      return Optional.of(status(name).identity());
    } catch (BpfException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Gives an object a name here, in a BPF file system, by which it outlives the process. */
  public void pin(BpfObject object, String name) {
    String child = child(name);
    try (Attributes attributes = pathAttributes(name, 0)) {
      attributes.set(OBJECT, object.fd().number());
      linux.call(child, BpfCommand.OBJ_PIN, attributes);
    }
  }

  /** Opens the map that is pinned here; {@code EINVAL} if it is no map. */
  public BpfMap openMap(String name) {
    return BpfMap.of(linux, openPin(name, "bpf-map", 0));
  }

  /** The same only to read from it, which takes no right to write, nor a file system that does. */
  public BpfMap openMapToRead(String name) {
    return BpfMap.of(linux, openPin(name, "bpf-map", BPF_F_RDONLY));
  }

  /** Opens the program that is pinned here; {@code EINVAL} if it is no program. */
  public BpfProgram openProgram(String name) {
    return new BpfProgram(openPin(name, "bpf-prog", 0));
  }

  /** Opens the link that is pinned here; {@code EINVAL} if it is no link. */
  public BpfLink openLink(String name) {
    return new BpfLink(openPin(name, "bpf-link", 0));
  }

  /** Closes the directory, and with it gives up the lock. */
  @Override
  public void close() {
    fd.close();
  }

  @Override
  public String toString() {
    return path;
  }

  private static int childFlags() {
    Architecture machine = Architecture.current();
    return machine.openDirectory() | machine.openNoFollow();
  }

  /** The path of a name, which must be a plain one. */
  private String child(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("\"" + name + "\" names nothing in a directory");
    }
    return path + '/' + name;
  }

  private void callNamed(Syscall call, String name, int argument) {
    String child = child(name);
    try (NativeMemory memory = NativeMemory.ofString(name)) {
      linux.call(child, call, fd.number(), memory.address(), argument);
    }
  }

  private Linux.FileStatus status(String name) {
    return linux.status(fd.number(), name, AT_SYMLINK_NOFOLLOW, child(name));
  }

  private void readEntries(NativeMemory chunk, int bytes, List<Entry> entries) {
    int length;
    for (int at = 0; at < bytes; at += length) {
      length = chunk.getShort(at + DIRENT_LENGTH);
      String name = chunk.getString(at + DIRENT_NAME, length - DIRENT_NAME);
      if (!name.equals(".") && !name.equals("..")) {
        int type = chunk.getByte(at + DIRENT_TYPE);
        entries.add(
            new Entry(name, type == DT_UNKNOWN ? status(name).isDirectory() : type == DT_DIR));
      }
    }
  }

  private void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      BpfException failure = new BpfException(Syscall.FLOCK.label(), Errno.EINTR, path);
      failure.initCause(e);
      throw failure;
    }
  }

  private Attributes pathAttributes(String name, int flags) {
    return new Attributes()
        .setPointer(PATHNAME, name)
        .set(FILE_FLAGS, BPF_F_PATH_FD | flags)
        .set(PATH_FD, fd.number());
  }

  private Fd openPin(String name, String kind, int flags) {
    String child = child(name);
    // BPF_OBJ_GET follows symbolic links, which a BPF file system may hold.
    if (status(name).isSymbolicLink()) {
      throw new BpfException(BpfCommand.OBJ_GET.label(), Errno.ELOOP, child);
    }
    try (Attributes attributes = pathAttributes(name, flags)) {
      Fd pin = new Fd(linux, linux.call(child, BpfCommand.OBJ_GET, attributes), child);
      try {
        requireKind(pin, kind, child);
        return pin;
      } catch (RuntimeException e) {
        pin.close();
        throw e;
      }
    }
  }

  /** The kernel tells an object's kind by no bpf(2) command, but in the name of its inode. */
  private void requireKind(Fd pin, String kind, String child) {
    String target = linux.readLink("/proc/self/fd/" + pin.number());
    if (!target.equals("anon_inode:" + kind)) {
      throw new BpfException(
          BpfCommand.OBJ_GET.label(), Errno.EINVAL, child + " (" + target + ", no " + kind + ")");
    }
  }
}
