package org.finchnas.worker;

/** There is no GPU to train on; the message says why and what would work. */
public final class NoCudaException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String reason;

  /**
   * @param reason what follows "no CUDA device: "
   */
  public NoCudaException(String reason) {
    super(message(reason));
    this.reason = reason;
  }

  public NoCudaException(String reason, Throwable cause) {
    super(message(reason), cause);
    this.reason = reason;
  }

  private static String message(String reason) {
    return "no CUDA device (%s); use --backend cpu.".formatted(reason);
  }

  /** The message without what is the same in all. */
  public String reason() {
    return reason;
  }
}
