package org.finchnas.worker.training;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the C library's allocator keeps of freed memory. */
final class NativeHeap {

  private static final Logger LOG = System.getLogger(NativeHeap.class.getName());
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
  private static final String TRIM = "systemTrimNativeHeap";

  private NativeHeap() {}

  /**
   * Hands it back to the operating system, so that a process is as large as its training and not as
   * the largest one it has seen. Does nothing where Java has no command for it.
   */
  static void trim() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(new ObjectName(COMMANDS), TRIM, new Object[0], new String[0]);
    } catch (JMException e) {
      LOG.log(Level.DEBUG, "Native memory cannot be trimmed.", e);
    }
  }
}
