package org.finchnas.coordinator.ignite;

import java.util.List;
import java.util.function.Consumer;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.failure.StopNodeFailureHandler;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.apache.ignite.ssl.SslContextFactory;
import org.finchnas.coordinator.keys.ClusterKeys;

/**
 * What all nodes of a cluster have in common: quiet, small, no port but those that are needed, no
 * code and no unknown class from the network.
 */
final class NodeSettings {

  /** Who is silent for so long is not there; leases decide what that means for work. */
  static final long FAILURE_MILLIS = 10_000;

  private static final long SMALLEST_REGION_BYTES = 10L << 20;

  /** Workers have no port of their own: replies come back on the connection they opened. */
  private static final int NO_PORT = -1;

  static {
    System.setProperty("IGNITE_QUIET", "false");
    System.setProperty("IGNITE_NO_ASCII", "true");
    System.setProperty("IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true");
    System.setProperty("IGNITE_UPDATE_NOTIFIER", "false");
    System.setProperty("IGNITE_NO_SHUTDOWN_HOOK", "true");
    System.setProperty("IGNITE_MARSHALLER_WHITELIST", "finch-ignite-classes.txt");
  }

  private NodeSettings() {}

  /**
   * Makes sure that Ignite can work in this process.
   *
   * @throws IllegalStateException if Java was started without the packages it needs
   */
  static void requireOpenPackages() {
    if (!Object.class.getModule().isOpen("java.nio", NodeSettings.class.getModule())) {
      throw new IllegalStateException(
          "Java was started without the packages that Ignite needs. Start Finch with ./finch, or add the --add-opens of coordinator/src/main/jvm/ignite.arguments.");
    }
  }

  static IgniteConfiguration coordinator(
      Endpoint endpoint,
      ClusterSecurity security,
      String build,
      WorkDirectory work,
      Consumer<String> log) {
    TcpDiscoverySpi discovery = discovery(endpoint);
    discovery.setLocalPort(endpoint.port()).setLocalPortRange(0);
    IgniteConfiguration settings = common(security, build, work, log, false);
    settings
        .setLocalHost(endpoint.host())
        .setDiscoverySpi(discovery)
        .setCommunicationSpi(communication(endpoint.messagePort()))
        .setPluginProviders(new JoinCheck(security, build));
    return settings;
  }

  static IgniteConfiguration worker(
      Endpoint endpoint,
      ClusterSecurity security,
      String build,
      WorkDirectory work,
      long joinMillis,
      Consumer<String> log) {
    TcpDiscoverySpi discovery = discovery(endpoint);
    discovery.setJoinTimeout(joinMillis);
    IgniteConfiguration settings = common(security, build, work, log, true);
    settings
        .setClientMode(true)
        .setDiscoverySpi(discovery)
        .setCommunicationSpi(communication(NO_PORT));
    if (endpoint.isLoopback()) {
      settings.setLocalHost(endpoint.host());
    }
    return settings;
  }

  private static IgniteConfiguration common(
      ClusterSecurity security,
      String build,
      WorkDirectory work,
      Consumer<String> log,
      boolean worker) {
    DataRegionConfiguration region =
        new DataRegionConfiguration()
            .setName("none")
            .setInitialSize(SMALLEST_REGION_BYTES)
            .setMaxSize(SMALLEST_REGION_BYTES);
    IgniteConfiguration settings =
        new IgniteConfiguration()
            .setGridLogger(new IgniteLog(log))
            .setWorkDirectory(work.path().toString())
            .setPeerClassLoadingEnabled(false)
            .setMetricsLogFrequency(0)
            .setFailureHandler(new StopNodeFailureHandler())
            .setFailureDetectionTimeout(FAILURE_MILLIS)
            .setClientFailureDetectionTimeout(FAILURE_MILLIS)
            .setDataStorageConfiguration(
                new DataStorageConfiguration().setDefaultDataRegionConfiguration(region))
            .setUserAttributes(JoinCheck.attributes(security, build, worker));
    settings.setConnectorConfiguration(null);
    settings.setClientConnectorConfiguration(null);
    if (security.keys() != null) {
      settings.setSslContextFactory(tls(security.keys()));
    }
    return settings;
  }

  private static SslContextFactory tls(ClusterKeys keys) {
    SslContextFactory tls = new SslContextFactory();
    tls.setKeyStoreType(ClusterKeys.STORE_TYPE);
    tls.setTrustStoreType(ClusterKeys.STORE_TYPE);
    tls.setKeyStoreFilePath(keys.identityStore().toString());
    tls.setKeyStorePassword(keys.password().toCharArray());
    tls.setTrustStoreFilePath(keys.trustStore().toString());
    tls.setTrustStorePassword(keys.password().toCharArray());
    return tls;
  }

  private static TcpDiscoverySpi discovery(Endpoint endpoint) {
    TcpDiscoverySpi discovery = new TcpDiscoverySpi();
    discovery.setIpFinder(new TcpDiscoveryVmIpFinder().setAddresses(List.of(endpoint.toString())));
    return discovery;
  }

  private static TcpCommunicationSpi communication(int port) {
    return new TcpCommunicationSpi().setLocalPort(port).setLocalPortRange(0);
  }
}
