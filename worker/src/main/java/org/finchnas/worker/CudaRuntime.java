package org.finchnas.worker;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/**
 * Calls of CUDA's own library. By name, as only a build with CUDA has the classes; loading them
 * loads native code.
 */
public final class CudaRuntime {

  private static final String FUNCTIONS = "org.bytedeco.cuda.global.cudart";
  private static final String PROPERTIES = "org.bytedeco.cuda.cudart.cudaDeviceProp";
  private static final String DRIVER = "libcuda.so.1";
  private static final int NO_DRIVER = 35;
  private static final int NO_DEVICE = 100;

  private CudaRuntime() {}

  /**
   * A GPU.
   *
   * @param major compute capability, before the dot
   */
  public record Device(String name, int major, int minor) {
    @Override
    public String toString() {
      return "%s (compute capability %d.%d)".formatted(name, major, minor);
    }
  }

  /**
   * The GPUs that this process sees, in the order of their numbers.
   *
   * @throws NoCudaException if there are none, or none that answers
   */
  public static List<Device> devices() {
    try {
      Class<?> functions = Class.forName(FUNCTIONS);
      int[] count = new int[1];
      require((int) functions.getMethod("cudaGetDeviceCount", int[].class).invoke(null, count));
      List<Device> devices = new ArrayList<>();
      for (int i = 0; i < count[0]; i++) {
        devices.add(device(functions, i));
      }
      return devices;
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new NoCudaException(reason(e), e);
    }
  }

  private static Device device(Class<?> functions, int index) throws ReflectiveOperationException {
    Class<?> type = Class.forName(PROPERTIES);
    Object properties = type.getConstructor().newInstance();
    require(
        (int)
            functions
                .getMethod("cudaGetDeviceProperties", type, int.class)
                .invoke(null, properties, index));
    BytePointer name = (BytePointer) type.getMethod("name").invoke(properties);
    return new Device(
        name.getString(),
        (int) type.getMethod("major").invoke(properties),
        (int) type.getMethod("minor").invoke(properties));
  }

  private static void require(int error) {
    if (error != 0) {
      throw new NoCudaException(reason(error));
    }
  }

  /** The innermost cause knows best what could not be loaded. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return message.contains(DRIVER)
        ? "no NVIDIA driver: there is no " + DRIVER
        : cause.getClass().getSimpleName() + ": " + message;
  }

  private static String reason(int error) {
    return switch (error) {
      case NO_DRIVER -> "no NVIDIA driver, or one older than CUDA 11.6 wants";
      case NO_DEVICE -> "the NVIDIA driver sees none";
      default -> "CUDA answers with error " + error;
    };
  }
}
