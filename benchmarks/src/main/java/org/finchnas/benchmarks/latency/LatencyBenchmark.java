package org.finchnas.benchmarks.latency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.finchnas.benchmarks.Medians;
import org.finchnas.mobile.latency.fit.LeaveOneOut;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.ProfileError;
import org.finchnas.mobile.latency.profile.ProfileFile;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;

/** {@code benchmarks/run latency}: estimates beside latencies. */
public final class LatencyBenchmark {

  private static final int ESTIMATES = 500;

  private LatencyBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    LatencyOptions options = LatencyOptions.of(arguments);
    if (options.part().equals(LatencyOptions.HOST)) {
      tell(HostPart.run(), options.json());
      return;
    }
    if (!Files.isDirectory(options.data().resolve("latency"))) {
      System.err.println(
          "FINCH_DATA must name the folder that holds latency/ncnn_cpu_latency.csv.gz and latency/tf_slim_mobilenets.csv.");
      System.exit(2);
    }
    List<DeviceProfile> profiles =
        new PublishedPart(new PublishedTimings(options.data().resolve("latency"))).profiles();
    Path folder = options.write();
    if (folder != null) {
      write(profiles, folder);
    }
    if (options.json()) {
      System.out.println(json(profiles));
    } else {
      print(profiles);
    }
  }

  private static void tell(HostPart.Outcome outcome, boolean json) {
    String form =
        json
            ? "{\"host\": {\"networks\": %d, \"median\": %.4f, \"within10\": %.4f, \"sameFileWithin10\": %.4f, \"spearman\": %.4f, \"worstSpearmanOfASize\": %.4f}}%n"
            : """
            This machine, TensorFlow Lite with XNNPACK, one thread, %d networks that were not fitted to:
              median error of estimates                  %8.3f
              estimates within 10 %% of the measurement   %8.3f   target >= 0.95
              second measurements within 10 %%            %8.3f
              Spearman, all sizes                        %8.3f   target >= 0.97
              Spearman, worst of one size                %8.3f   target >= 0.9
            """;
    System.out.printf(
        Locale.ROOT,
        form,
        outcome.networks(),
        outcome.median(),
        outcome.within(),
        outcome.sameWithin(),
        outcome.spearman(),
        outcome.worstOfASize());
  }

  private static void write(List<DeviceProfile> profiles, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (DeviceProfile profile : profiles) {
      Files.writeString(folder.resolve(profile.name() + ".yaml"), ProfileFile.text(profile));
    }
  }

  private static void print(List<DeviceProfile> profiles) {
    System.out.println(
        "Published latencies, each estimated by a profile fitted without its network:");
    System.out.printf(
        "  %-22s %-8s %8s %8s %9s %8s %11s%n",
        "device", "runs", "timings", "median", "9 of 10", "worst", "MACs alone");
    for (DeviceProfile profile : profiles) {
      ProfileError error = profile.error();
      System.out.printf(
          Locale.ROOT,
          "  %-22s %-8s %8d %6.1f %% %7.1f %% %6.1f %% %9.1f %%%n",
          profile.name(),
          profile.runtime().token(),
          error.networks(),
          100 * error.median(),
          100 * error.ninetieth(),
          100 * error.worst(),
          100 * error.macsAlone());
    }
    System.out.printf(
        Locale.ROOT,
        "  median of the medians: %.1f %% (target <= 20 %%), MACs alone %.1f %%; better than MACs alone on %d of %d%n",
        100 * median(profiles),
        100 * macsAlone(profiles),
        better(profiles),
        profiles.size());
    System.out.printf(
        Locale.ROOT,
        "  an estimate of NASNet-A mobile takes %.3f ms (target <= 1 ms)%n",
        estimateMillis(profiles.get(0)));
  }

  /** The median of many, in steady state. */
  private static double estimateMillis(DeviceProfile profile) {
    Network network = Blueprint.of("nasnet-a-mobile").assemble();
    double[] millis = new double[ESTIMATES];
    for (int i = -ESTIMATES; i < ESTIMATES; i++) {
      long start = System.nanoTime();
      double estimate = profile.estimate(network).millis();
      millis[Math.max(0, i)] = (System.nanoTime() - start) / 1e6;
      if (!(estimate > 0)) {
        throw new IllegalStateException("No network takes no time.");
      }
    }
    return Medians.of(millis);
  }

  private static String json(List<DeviceProfile> profiles) {
    List<String> devices = new ArrayList<>();
    for (DeviceProfile profile : profiles) {
      ProfileError error = profile.error();
      devices.add(
          String.format(
              Locale.ROOT,
              "\"%s\": {\"timings\": %d, \"median\": %.4f, \"ninetieth\": %.4f, \"worst\": %.4f, \"macsAlone\": %.4f}",
              profile.name(),
              error.networks(),
              error.median(),
              error.ninetieth(),
              error.worst(),
              error.macsAlone()));
    }
    return String.format(
        Locale.ROOT,
        "{\"published\": {\"median\": %.4f, \"macsAlone\": %.4f, \"estimateMillis\": %.4f, \"devices\": {%s}}}",
        median(profiles),
        macsAlone(profiles),
        estimateMillis(profiles.get(0)),
        String.join(", ", devices));
  }

  private static double median(List<DeviceProfile> profiles) {
    return LeaveOneOut.median(profiles.stream().map(each -> each.error().median()).toList());
  }

  private static double macsAlone(List<DeviceProfile> profiles) {
    return LeaveOneOut.median(profiles.stream().map(each -> each.error().macsAlone()).toList());
  }

  private static long better(List<DeviceProfile> profiles) {
    return profiles.stream()
        .filter(each -> each.error().median() < each.error().macsAlone())
        .count();
  }
}
