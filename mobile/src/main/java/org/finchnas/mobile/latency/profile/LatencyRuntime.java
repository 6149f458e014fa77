package org.finchnas.mobile.latency.profile;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.finchnas.mobile.latency.kernel.KernelForm;

/** What runs a network on a device, on its CPU. */
public enum LatencyRuntime {
  /** TensorFlow Lite with XNNPACK, as it runs files by default since version 2.17. */
  TFLITE_XNNPACK("tflite-xnnpack", KernelForm.TFLITE_FILE, false),

  /** TensorFlow Lite with its own kernels. */
  TFLITE("tflite", KernelForm.TFLITE_FILE, false),

  /** ncnn, which reads no file that Finch writes: a network would have to be converted. */
  NCNN("ncnn", KernelForm.NETWORK, true);

  private final String token;
  private final KernelForm form;
  private final boolean winograd;

  LatencyRuntime(String token, KernelForm form, boolean winograd) {
    this.token = token;
    this.form = form;
    this.winograd = winograd;
  }

  /** Its name in profiles and on the command line. */
  public String token() {
    return token;
  }

  /** In which form it reads a network. */
  public KernelForm form() {
    return form;
  }

  /** Whether it computes 3x3 convolutions by Winograd's method. */
  public boolean hasWinograd() {
    return winograd;
  }

  /** Whether it runs a file that Finch writes. */
  public boolean readsFiles() {
    return form == KernelForm.TFLITE_FILE;
  }

  /**
   * @throws IllegalArgumentException if there is none of that name; lists those there are
   */
  public static LatencyRuntime ofToken(String token) {
    return Arrays.stream(values())
        .filter(runtime -> runtime.token.equals(token))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Runtime \"%s\" is unknown. There is: %s."
                        .formatted(
                            token,
                            Arrays.stream(values())
                                .map(LatencyRuntime::token)
                                .collect(Collectors.joining(", ")))));
  }
}
