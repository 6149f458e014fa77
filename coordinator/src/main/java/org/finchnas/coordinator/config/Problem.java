package org.finchnas.coordinator.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key its path, {@code strategy.sample}; empty for the file as a whole
 * @param origin where it was set: {@code line 7}, {@code --set}, or empty
 * @param rule what is wrong: names the value and the rule
 * @param wayOut what to do about it
 */
public record Problem(String key, String origin, String rule, String wayOut) {

  @Override
  public String toString() {
    String sentence = (key + " " + rule + " " + wayOut).strip();
    return origin.isEmpty() ? sentence : origin + ": " + sentence;
  }
}
