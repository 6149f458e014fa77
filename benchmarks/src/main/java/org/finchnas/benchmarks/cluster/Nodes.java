package org.finchnas.benchmarks.cluster;

import java.nio.file.Path;
import org.finchnas.coordinator.ignite.ClusterSecurity;
import org.finchnas.coordinator.ignite.Endpoint;
import org.finchnas.coordinator.keys.ClusterKeys;

/**
 * Where the nodes of a cluster meet, and how they know each other.
 *
 * @param keys folder that keys were made in, or {@link #PLAIN}
 */
record Nodes(int port, String keys) {

  static final String PLAIN = "-";

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", port);
  }

  ClusterSecurity coordinatorSecurity() {
    return security("coordinator");
  }

  ClusterSecurity workerSecurity() {
    return security("worker");
  }

  private ClusterSecurity security(String node) {
    if (keys.equals(PLAIN)) {
      return new ClusterSecurity("benchmark", null);
    }
    ClusterKeys read = ClusterKeys.read(Path.of(keys).resolve(node));
    return new ClusterSecurity(read.token(), read);
  }
}
