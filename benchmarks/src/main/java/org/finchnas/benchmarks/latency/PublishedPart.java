package org.finchnas.benchmarks.latency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.latency.fit.CostFit;
import org.finchnas.mobile.latency.fit.LeaveOneOut;
import org.finchnas.mobile.latency.fit.SharedShape;
import org.finchnas.mobile.latency.fit.Timing;
import org.finchnas.mobile.latency.kernel.Tile;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.KernelCosts;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.finchnas.mobile.latency.profile.ProfileError;

/**
 * Fits profiles to published latencies of whole networks, and estimates each network with a profile
 * that was fitted without it.
 */
final class PublishedPart {

  /** Four values of single precision at once, as ARM's NEON has them. */
  private static final Tile NEON = new Tile(1, 4);

  private static final CostFit SHARED = new CostFit(LatencyRuntime.NCNN, NEON, 0.3);
  private static final CostFit OWN = new CostFit(LatencyRuntime.NCNN, NEON, 1);
  private static final CostFit PIXEL = new CostFit(LatencyRuntime.TFLITE, NEON, 1);

  private final PublishedTimings published;

  PublishedPart(PublishedTimings published) {
    this.published = published;
  }

  /** All profiles, Pixel 1 first. */
  List<DeviceProfile> profiles() throws IOException {
    List<DeviceProfile> profiles = new ArrayList<>();
    profiles.add(pixel1());
    Map<NcnnDevice, List<Timing>> timings = new LinkedHashMap<>();
    for (NcnnDevice device : NcnnDevice.SHIPPED) {
      timings.put(device, published.ncnn(device));
    }
    NcnnFit fit = new NcnnFit(List.copyOf(timings.values()));
    timings.forEach((device, own) -> profiles.add(profile(device, own, fit)));
    return profiles;
  }

  private DeviceProfile pixel1() throws IOException {
    List<Timing> timings = published.pixel1();
    ProfileError error =
        error(
            "leave one width of MobileNetV2 out, all its image sizes",
            timings,
            (network, left) -> estimator(PIXEL.fit(left)));
    return new DeviceProfile(
        "pixel-1",
        "Google Pixel 1, one large core (Snapdragon 821)",
        "TensorFlow models, slim: MobileNetV2 checkpoints (research/slim/nets/mobilenet)",
        "2018",
        LatencyRuntime.TFLITE,
        Precision.FP32,
        1,
        "fitted by Finch to %d published latencies of MobileNetV2, 6 widths at up to 5 image sizes; the phone itself was not at hand"
            .formatted(timings.size()),
        error,
        Timing.unseen(timings),
        PIXEL.fit(timings));
  }

  private DeviceProfile profile(NcnnDevice device, List<Timing> own, NcnnFit fit) {
    ProfileError error = error("leave one network out, of all devices", own, fit::without);
    return new DeviceProfile(
        device.name(),
        device.title(),
        "ncnn, benchmark/README.md, fastest of its runs on one thread",
        "not given; published by 2026",
        LatencyRuntime.NCNN,
        device.precision(),
        1,
        "fitted by Finch to published latencies of %d networks, prices drawn towards what %d devices have in common; the device itself was not at hand"
            .formatted(own.size(), NcnnDevice.SHIPPED.size()),
        error,
        Timing.unseen(own),
        fit.of(own));
  }

  private static ProfileError error(String method, List<Timing> timings, LeaveOneOut.Fit fit) {
    double macs = LeaveOneOut.median(LeaveOneOut.errors(timings, LeaveOneOut.macsAlone()));
    return LeaveOneOut.summary(method, LeaveOneOut.errors(timings, fit), macs);
  }

  private static ToDoubleFunction<Timing> estimator(KernelCosts costs) {
    return timing -> costs.millis(timing.kernels());
  }

  /** Fits a device's prices, drawn towards those that all devices share. */
  private record NcnnFit(List<List<Timing>> devices) {

    KernelCosts of(List<Timing> own) {
      return OWN.fit(own, SharedShape.of(devices, SHARED));
    }

    /** Neither the device's own timing of the network nor any other device's is looked at. */
    ToDoubleFunction<Timing> without(String network, List<Timing> left) {
      List<List<Timing>> others =
          devices.stream()
              .map(all -> all.stream().filter(t -> !t.network().equals(network)).toList())
              .toList();
      return estimator(OWN.fit(left, SharedShape.of(others, SHARED)));
    }
  }
}
