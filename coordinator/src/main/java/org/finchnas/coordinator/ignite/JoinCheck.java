package org.finchnas.coordinator.ignite;

import java.io.Serializable;
import java.util.Map;
import java.util.UUID;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.plugin.CachePluginContext;
import org.apache.ignite.plugin.CachePluginProvider;
import org.apache.ignite.plugin.ExtensionRegistry;
import org.apache.ignite.plugin.IgnitePlugin;
import org.apache.ignite.plugin.PluginConfiguration;
import org.apache.ignite.plugin.PluginContext;
import org.apache.ignite.plugin.PluginProvider;
import org.apache.ignite.plugin.PluginValidationException;
import org.jspecify.annotations.Nullable;

/** Lets only workers of this cluster and this build join, and tells the others why not. */
final class JoinCheck implements PluginProvider<PluginConfiguration> {

  private static final String ROLE = "finch.role";
  private static final String TOKEN = "finch.token";
  private static final String BUILD = "finch.build";
  private static final String WORKER = "worker";

  /** Begins every refusal, so that it can be told from what else goes wrong at a join. */
  static final String REFUSED = "Finch refused this node: ";

  private final String tokenHash;
  private final String build;

  JoinCheck(ClusterSecurity security, String build) {
    this.tokenHash = security.tokenHash();
    this.build = build;
  }

  /** What a node says of itself when it joins. */
  static Map<String, Object> attributes(ClusterSecurity security, String build, boolean worker) {
    return Map.of(ROLE, worker ? WORKER : "coordinator", TOKEN, security.tokenHash(), BUILD, build);
  }

  @Override
  @SuppressWarnings("deprecation") // the interface wants it all the same
  public void validateNewNode(ClusterNode node) {
    String reason = objection(node);
    if (reason != null) {
      throw new PluginValidationException(REFUSED + reason, REFUSED + reason, node.id());
    }
  }

  @Override
  public void validateNewNode(ClusterNode node, @Nullable Serializable data) {
    validateNewNode(node);
  }

  private @Nullable String objection(ClusterNode node) {
    if (!node.isClient() || !WORKER.equals(node.attribute(ROLE))) {
      return "only workers of Finch may join.";
    }
    if (!tokenHash.equals(node.attribute(TOKEN))) {
      return "its cluster token is another. Give it the token of this search's cluster (FINCH_CLUSTER_TOKEN, or the token file beside its keys), run both as one user of one machine, or join another coordinator.";
    }
    String theirs = String.valueOf(node.<Object>attribute(BUILD));
    return build.equals(theirs)
        ? null
        : "it runs Finch %s, and the coordinator runs %s. Install one version on all machines."
            .formatted(theirs, build);
  }

  @Override
  public String name() {
    return "finch";
  }

  @Override
  public String version() {
    return build;
  }

  @Override
  public String copyright() {
    return "";
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the interface has it
  public <T extends IgnitePlugin> T plugin() {
    return (T) new IgnitePlugin() {};
  }

  @Override
  public void initExtensions(PluginContext context, ExtensionRegistry registry) {}

  @Override
  public <T> @Nullable T createComponent(PluginContext context, Class<T> component) {
    return null;
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public @Nullable CachePluginProvider<?> createCacheProvider(CachePluginContext context) {
    return null;
  }

  @Override
  public void start(PluginContext context) {}

  @Override
  public void stop(boolean cancel) {}

  @Override
  public void onIgniteStart() {}

  @Override
  public void onIgniteStop(boolean cancel) {}

  @Override
  public @Nullable Serializable provideDiscoveryData(UUID node) {
    return null;
  }

  @Override
  public void receiveDiscoveryData(UUID node, Serializable data) {}
}
