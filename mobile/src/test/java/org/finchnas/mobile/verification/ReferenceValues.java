package org.finchnas.mobile.verification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.TrainedNetwork;

/** What the nodes of a network compute, told without any runtime. */
public final class ReferenceValues {

  private ReferenceValues() {}

  /** For each node, by its name, its values over all images. */
  public static Map<String, List<double[]>> of(TrainedNetwork trained, VerificationImages images) {
    Map<String, List<double[]>> values = new LinkedHashMap<>();
    try (ReferencePredictor predictor = new ReferencePredictor(trained)) {
      for (int i = 0; i < images.count(); i++) {
        List<double[]> all = predictor.values(images.image(i), 0);
        for (Node node : trained.network().nodes()) {
          values.computeIfAbsent(node.name(), name -> new ArrayList<>()).add(all.get(node.index()));
        }
      }
    }
    return values;
  }
}
