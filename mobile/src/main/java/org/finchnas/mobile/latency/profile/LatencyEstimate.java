package org.finchnas.mobile.latency.profile;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.mobile.latency.kernel.KernelKind;

/**
 * Time of one inference, batch 1, as a profile foretells it: never a measurement.
 *
 * @param millis of the whole network
 * @param lowMillis nine of ten networks that the profile was tried on took more than this of theirs
 * @param highMillis and less than this
 * @param unseenShare of the estimate on kernels whose kinds the profile knows no timing of, in [0,
 *     1]
 * @param kernels in the order they run
 */
public record LatencyEstimate(
    double millis,
    double lowMillis,
    double highMillis,
    double unseenShare,
    List<KernelTime> kernels) {

  public LatencyEstimate {
    kernels = List.copyOf(kernels);
  }

  /** The milliseconds of each kind of kernel, the costliest first. */
  public Map<KernelKind, Double> byKind() {
    Map<KernelKind, Double> sums = new LinkedHashMap<>();
    kernels.forEach(time -> sums.merge(time.kernel().kind(), time.millis(), Double::sum));
    Map<KernelKind, Double> sorted = new LinkedHashMap<>();
    sums.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** The costliest kernels, at most so many. */
  public List<KernelTime> costliest(int most) {
    return kernels.stream()
        .sorted(Comparator.comparingDouble(KernelTime::millis).reversed())
        .limit(most)
        .toList();
  }
}
