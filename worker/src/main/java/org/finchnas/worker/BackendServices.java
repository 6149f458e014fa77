package org.finchnas.worker;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.config.ND4JClassLoading;

/**
 * The class path without the services of one of ND4J's backends. With both there ND4J would try
 * CUDA first, print a stack trace where it does not work, and can be told otherwise only by the
 * environment of the process.
 */
final class BackendServices extends ClassLoader {

  static final String CPU = "org/nd4j/linalg/cpu/nativecpu/CpuBackend.class";
  static final String CUDA = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  private static final String SERVICES = "META-INF/services/";

  private final String hidden;

  /**
   * @param hidden address of the jar or folder whose services are not seen
   */
  private BackendServices(ClassLoader parent, String hidden) {
    super(parent);
    this.hidden = hidden;
  }

  static boolean isPresent(String backend) {
    return BackendServices.class.getClassLoader().getResource(backend) != null;
  }

  /** Makes ND4J see one backend alone. */
  static void showOnly(String backend) {
    String other = backend.equals(CPU) ? CUDA : CPU;
    ClassLoader loader = BackendServices.class.getClassLoader();
    if (isPresent(other)) {
      ND4JClassLoading.setNd4jClassloader(without(loader, other));
    }
  }

  /** What a class loader sees, without the services that lie beside a class. */
  static ClassLoader without(ClassLoader loader, String backend) {
    String address = String.valueOf(loader.getResource(backend));
    return new BackendServices(loader, address.substring(0, address.length() - backend.length()));
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = Collections.list(super.getResources(name));
    if (name.startsWith(SERVICES)) {
      all.removeIf(url -> url.toString().startsWith(hidden));
    }
    return Collections.enumeration(all);
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL first = super.getResource(name);
    if (first == null || !name.startsWith(SERVICES)) {
      return first;
    }
    try {
      Enumeration<URL> visible = getResources(name);
      return visible.hasMoreElements() ? visible.nextElement() : null;
    } catch (IOException e) {
      return null;
    }
  }
}
