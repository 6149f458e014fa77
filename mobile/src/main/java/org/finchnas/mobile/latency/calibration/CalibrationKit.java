package org.finchnas.mobile.latency.calibration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.network.Network;

/**
 * What is needed to time a phone: small models, a script that runs TensorFlow Lite's public {@code
 * benchmark_model} on the phone over adb, and a form for the results.
 */
public final class CalibrationKit {

  /** The form's name in the folder. */
  public static final String FORM = "kit.csv";

  private static final String MODELS = "models";
  private static final String SCRIPT = "run-on-phone.sh";

  private CalibrationKit() {}

  /** The networks of the kit; each model is called as its network. */
  static List<Network> networks() {
    return CalibrationNetworks.kit();
  }

  /**
   * Writes the kit.
   *
   * @param folder is made if it does not exist
   * @return what was written
   */
  public static List<Path> write(Path folder, String version) throws IOException {
    Path models = Files.createDirectories(folder.resolve(MODELS));
    List<Path> files = new ArrayList<>();
    for (Network network : networks()) {
      Path file = models.resolve(network.name() + ".tflite");
      CalibrationModel.write(network, version, file);
      files.add(file);
    }
    Path script = Files.writeString(folder.resolve(SCRIPT), script());
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("%s cannot be made executable.".formatted(script));
    }
    files.add(script);
    files.add(Files.writeString(folder.resolve(FORM), form()));
    return files;
  }

  private static String form() {
    StringBuilder form = new StringBuilder(KitTimings.HEADING).append('\n');
    networks().forEach(network -> form.append(network.name()).append(",,ms\n"));
    return form.toString();
  }

  /** The average that benchmark_model reports is in microseconds. */
  private static String script() {
    return """
    #!/bin/sh
    # Times every model of this kit on the phone that adb reaches, and writes kit.csv beside this script.
    #
    #   ./run-on-phone.sh PATH/TO/benchmark_model [THREADS]
    #
    # benchmark_model is TensorFlow Lite's own tool, built for the phone's processor. Let the phone rest and
    # charge, close its applications, and run twice: the kit keeps the smallest average of each model.
    set -eu

    tool="${1:?name the benchmark_model for the phone}"
    threads="${2:-1}"
    here="$(cd "$(dirname "$0")" && pwd)"
    there=/data/local/tmp/finch-kit
    form="$here/kit.csv"
    new="$form.new"

    adb shell "mkdir -p $there"
    adb push "$tool" "$there/benchmark_model" > /dev/null
    adb shell "chmod +x $there/benchmark_model"
    echo "HEADING" > "$new"
    for model in "$here"/models/*.tflite; do
      name="$(basename "$model" .tflite)"
      adb push "$model" "$there/model.tflite" > /dev/null
      average="$(adb shell "$there/benchmark_model --graph=$there/model.tflite --num_threads=$threads \\
        --use_xnnpack=true --warmup_runs=10 --num_runs=100" < /dev/null 2>&1 |
        sed -n 's/.*Inference (avg): *\\([0-9.e+]*\\).*/\\1/p' | tail -1)"
      before="$(sed -n "s/^$name,\\([0-9.e+][0-9.e+]*\\),us.*/\\1/p" "$form" 2> /dev/null || true)"
      best="$(printf '%s\\n%s\\n' "$average" "$before" | grep . | sort -g | head -1 || true)"
      echo "$name,$best,us" | tee -a "$new"
    done
    mv "$new" "$form"
    """
        .replace("HEADING", KitTimings.HEADING);
  }
}
