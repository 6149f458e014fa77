package org.finchnas.coordinator.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.coordinator.config.ExecutionConfig.Order;

/** Writes a {@link SearchConfig} with every default; {@link SearchConfigReader} gives it back. */
public final class ConfigWriter {

  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private ConfigWriter() {}

  /** The text of a configuration file. */
  public static String write(SearchConfig config) {
    return yaml(settings(config));
  }

  static String digest(SearchConfig config) {
    Map<String, Object> settings = settings(config);
    settings
        .keySet()
        .removeAll(List.of("name", "baselines", "budget", "execution", "final", "export"));
    // What came later and is not used must not change the digest of older runs.
    if (config.rungs().lower().isEmpty()) {
      settings.remove("rungs");
    }
    settings.put("proxies", config.proxies().decidingSettings());
    if (config.proxies().equals(ProxyConfig.DEFAULT)) {
      settings.remove("proxies");
    }
    if (!config.usesFileBytes()) {
      settings.remove("fileBytes");
    }
    settings.put("fidelity", TrainingSettings.decidingSettings(config.fidelity()));
    settings.put("training", TrainingSettings.decidingSettings(config.training()));
    settings.put("strategy", config.strategy().decidingSettings());
    settings.put("space", config.space().decidingSettings());
    if (config.initial().equals(InitialConfig.DEFAULT)) {
      settings.remove("initial");
    }
    settings.put("lag", config.execution().lag());
    if (config.execution().order() != Order.STRICT) {
      settings.put("order", ValueRule.word(config.execution().order()));
    }
    settings.put("memoryPerSlot", config.execution().memoryPerSlot());
    if (config.execution().maxSteps() > 0) {
      settings.put("maxSteps", config.execution().maxSteps());
    }
    byte[] bytes = yaml(settings).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static Map<String, Object> settings(SearchConfig config) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", config.name());
    settings.put("seed", config.seed());
    settings.put("data", config.data().settings());
    settings.put("space", config.space().settings());
    settings.put("strategy", config.strategy().settings());
    settings.put("proxies", config.proxies().settings());
    settings.put("initial", config.initial().settings());
    settings.put("baselines", config.baselines());
    if (config.device() != null) {
      settings.put("device", config.device());
    }
    settings.put("objectives", ObjectiveSettings.settings(config.objectives()));
    settings.put("constraints", ObjectiveSettings.constraintSettings(config.constraints()));
    settings.put("fileBytes", config.fileBytes().settings());
    settings.put("fidelity", TrainingSettings.fullSettings(config.fidelity()));
    settings.put("rungs", RungSettings.settings(config.rungs()));
    settings.put("training", TrainingSettings.settings(config.training()));
    settings.put("budget", config.budget().settings());
    settings.put("execution", config.execution().settings());
    settings.put("final", config.finals().settings());
    settings.put("export", config.export().settings());
    return settings;
  }

  private static String yaml(Map<String, Object> settings) {
    try {
      return YAML.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain settings can be written.", e);
    }
  }
}
