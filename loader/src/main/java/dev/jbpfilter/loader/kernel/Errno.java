package dev.jbpfilter.loader.kernel;

import java.util.List;

/**
 * The error numbers of Linux (include/uapi/asm-generic/errno.h; the same on x86-64 and aarch64),
 * with the names of the header and the English texts of glibc.
 */
public final class Errno {
  /** Operation not permitted. */
  public static final int EPERM = 1;

  /** No such file or directory. */
  public static final int ENOENT = 2;

  /** Interrupted system call. */
  public static final int EINTR = 4;

  /** Input/output error. */
  public static final int EIO = 5;

  /** Argument list too long. */
  public static final int E2BIG = 7;

  /** Bad file descriptor. */
  public static final int EBADF = 9;

  /** Resource temporarily unavailable. */
  public static final int EAGAIN = 11;

  /** Cannot allocate memory. */
  public static final int ENOMEM = 12;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** Device or resource busy. */
  public static final int EBUSY = 16;

  /** File exists. */
  public static final int EEXIST = 17;

  /** No such device. */
  public static final int ENODEV = 19;

  /** Not a directory. */
  public static final int ENOTDIR = 20;

  /** Is a directory. */
  public static final int EISDIR = 21;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** Too many open files. */
  public static final int EMFILE = 24;

  /** No space left on device. */
  public static final int ENOSPC = 28;

  /** Broken pipe. */
  public static final int EPIPE = 32;

  /** Numerical result out of range. */
  public static final int ERANGE = 34;

  /** File name too long. */
  public static final int ENAMETOOLONG = 36;

  /** Directory not empty. */
  public static final int ENOTEMPTY = 39;

  /** Too many levels of symbolic links. */
  public static final int ELOOP = 40;

  /** Link has been severed. */
  public static final int ENOLINK = 67;

  /** Protocol error. */
  public static final int EPROTO = 71;

  /** Operation not supported. */
  public static final int EOPNOTSUPP = 95;

  /** Connection timed out. */
  public static final int ETIMEDOUT = 110;

  /** The kernel's own "not supported", which no header shows and some calls let through. */
  public static final int ENOTSUPP = 524;

  private Errno() {}

  /** The name in the header, such as {@code EINVAL}; {@code E} and the number if there is none. */
  public static String name(int errno) {
    if (errno == ENOTSUPP) {
      return "ENOTSUPP";
    }
    String line = Table.line(errno);
    return line.startsWith("-") ? "E" + errno : line.substring(0, line.indexOf(' '));
  }

  /** The text of {@code strerror(3)}, such as {@code Invalid argument}. */
  public static String text(int errno) {
    if (errno == ENOTSUPP) {
      return text(EOPNOTSUPP);
    }
    String line = Table.line(errno);
    return line.substring(line.indexOf(' ') + 1);
  }

  /** Read on the first error only. */
  private static final class Table {
    private static final List<String> LINES =
        """
        EPERM Operation not permitted
        ENOENT No such file or directory
        ESRCH No such process
        EINTR Interrupted system call
        EIO Input/output error
        ENXIO No such device or address
        E2BIG Argument list too long
        ENOEXEC Exec format error
        EBADF Bad file descriptor
        ECHILD No child processes
        EAGAIN Resource temporarily unavailable
        ENOMEM Cannot allocate memory
        EACCES Permission denied
        EFAULT Bad address
        ENOTBLK Block device required
        EBUSY Device or resource busy
        EEXIST File exists
        EXDEV Invalid cross-device link
        ENODEV No such device
        ENOTDIR Not a directory
        EISDIR Is a directory
        EINVAL Invalid argument
        ENFILE Too many open files in system
        EMFILE Too many open files
        ENOTTY Inappropriate ioctl for device
        ETXTBSY Text file busy
        EFBIG File too large
        ENOSPC No space left on device
        ESPIPE Illegal seek
        EROFS Read-only file system
        EMLINK Too many links
        EPIPE Broken pipe
        EDOM Numerical argument out of domain
        ERANGE Numerical result out of range
        EDEADLK Resource deadlock avoided
        ENAMETOOLONG File name too long
        ENOLCK No locks available
        ENOSYS Function not implemented
        ENOTEMPTY Directory not empty
        ELOOP Too many levels of symbolic links
        - Unknown error 41
        ENOMSG No message of desired type
        EIDRM Identifier removed
        ECHRNG Channel number out of range
        EL2NSYNC Level 2 not synchronized
        EL3HLT Level 3 halted
        EL3RST Level 3 reset
        ELNRNG Link number out of range
        EUNATCH Protocol driver not attached
        ENOCSI No CSI structure available
        EL2HLT Level 2 halted
        EBADE Invalid exchange
        EBADR Invalid request descriptor
        EXFULL Exchange full
        ENOANO No anode
        EBADRQC Invalid request code
        EBADSLT Invalid slot
        - Unknown error 58
        EBFONT Bad font file format
        ENOSTR Device not a stream
        ENODATA No data available
        ETIME Timer expired
        ENOSR Out of streams resources
        ENONET Machine is not on the network
        ENOPKG Package not installed
        EREMOTE Object is remote
        ENOLINK Link has been severed
        EADV Advertise error
        ESRMNT Srmount error
        ECOMM Communication error on send
        EPROTO Protocol error
        EMULTIHOP Multihop attempted
        EDOTDOT RFS specific error
        EBADMSG Bad message
        EOVERFLOW Value too large for defined data type
        ENOTUNIQ Name not unique on network
        EBADFD File descriptor in bad state
        EREMCHG Remote address changed
        ELIBACC Can not access a needed shared library
        ELIBBAD Accessing a corrupted shared library
        ELIBSCN .lib section in a.out corrupted
        ELIBMAX Attempting to link in too many shared libraries
        ELIBEXEC Cannot exec a shared library directly
        EILSEQ Invalid or incomplete multibyte or wide character
        ERESTART Interrupted system call should be restarted
        ESTRPIPE Streams pipe error
        EUSERS Too many users
        ENOTSOCK Socket operation on non-socket
        EDESTADDRREQ Destination address required
        EMSGSIZE Message too long
        EPROTOTYPE Protocol wrong type for socket
        ENOPROTOOPT Protocol not available
        EPROTONOSUPPORT Protocol not supported
        ESOCKTNOSUPPORT Socket type not supported
        EOPNOTSUPP Operation not supported
        EPFNOSUPPORT Protocol family not supported
        EAFNOSUPPORT Address family not supported by protocol
        EADDRINUSE Address already in use
        EADDRNOTAVAIL Cannot assign requested address
        ENETDOWN Network is down
        ENETUNREACH Network is unreachable
        ENETRESET Network dropped connection on reset
        ECONNABORTED Software caused connection abort
        ECONNRESET Connection reset by peer
        ENOBUFS No buffer space available
        EISCONN Transport endpoint is already connected
        ENOTCONN Transport endpoint is not connected
        ESHUTDOWN Cannot send after transport endpoint shutdown
        ETOOMANYREFS Too many references: cannot splice
        ETIMEDOUT Connection timed out
        ECONNREFUSED Connection refused
        EHOSTDOWN Host is down
        EHOSTUNREACH No route to host
        EALREADY Operation already in progress
        EINPROGRESS Operation now in progress
        ESTALE Stale file handle
        EUCLEAN Structure needs cleaning
        ENOTNAM Not a XENIX named type file
        ENAVAIL No XENIX semaphores available
        EISNAM Is a named type file
        EREMOTEIO Remote I/O error
        EDQUOT Disk quota exceeded
        ENOMEDIUM No medium found
        EMEDIUMTYPE Wrong medium type
        ECANCELED Operation canceled
        ENOKEY Required key not available
        EKEYEXPIRED Key has expired
        EKEYREVOKED Key has been revoked
        EKEYREJECTED Key was rejected by service
        EOWNERDEAD Owner died
        ENOTRECOVERABLE State not recoverable
        ERFKILL Operation not possible due to RF-kill
        EHWPOISON Memory page has hardware error
        """
            .lines()
            .toList();

    static String line(int errno) {
      return errno >= 1 && errno <= LINES.size()
          ? LINES.get(errno - 1)
          : "- Unknown error " + errno;
    }
  }
}
