package org.finchnas.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Weight;

/**
 * Trains a network on images with LibTorch's own operators, optimiser and clipping, and with
 * randomness of its own: from normal weights of variance 2 / fan-in, by SGD with momentum under a
 * cosine, weights of convolutions and of the dense layer decaying, on images mirrored and cropped
 * at random.
 */
final class LibTorchLearner {

  private static final long LAST = -1;

  private final Network network;
  private final PeerLesson lesson;
  private final Map<String, Tensor> weights = new HashMap<>();
  private final TensorVector trainable = new TensorVector();
  private final SGD decaying;
  private final SGD others;
  private final Random random;

  LibTorchLearner(PeerLesson lesson) {
    torch.manual_seed(lesson.seed());
    this.network = PeerNetworks.byName(lesson.network());
    this.lesson = lesson;
    this.random = new Random(lesson.seed());
    TensorVector withDecay = new TensorVector();
    TensorVector withoutDecay = new TensorVector();
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        Tensor tensor = initial(weight);
        weights.put(node.name() + "/" + weight.name(), tensor);
        if (weight.trainable()) {
          tensor.set_requires_grad(true);
          trainable.push_back(tensor);
          (weight.name().equals("weights") ? withDecay : withoutDecay).push_back(tensor);
        }
      }
    }
    this.decaying = optimizer(withDecay, lesson.weightDecay());
    this.others = optimizer(withoutDecay, 0);
  }

  private static Tensor initial(Weight weight) {
    long[] shape = weight.shape().stream().mapToLong(Integer::longValue).toArray();
    return switch (weight.name()) {
      case "weights" -> {
        double fanIn = (double) weight.elements() / shape[0];
        yield torch.randn(shape).mul(new Scalar(Math.sqrt(2 / fanIn)));
      }
      case "gamma", "variance" -> torch.ones(shape);
      case "beta", "mean", "bias" -> torch.zeros(shape);
      default -> throw new IllegalArgumentException("No first value known for " + weight.name());
    };
  }

  private SGD optimizer(TensorVector tensors, double weightDecay) {
    SGDOptions options = new SGDOptions(lesson.learningRate());
    options.momentum().put(lesson.momentum());
    options.weight_decay().put(weightDecay);
    return new SGD(tensors, options);
  }

  /** All epochs, each in a new order and without the images that do not fill a batch. */
  void learn(PeerImages images) {
    Tensor padded = padded(images);
    Tensor labels = labels(images);
    int stepsPerEpoch = images.size() / lesson.batch();
    int steps = stepsPerEpoch * lesson.epochs();
    for (int step = 0; step < steps; ) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, images.size()).boxed().toList());
      Collections.shuffle(order, random);
      for (int i = 0; i < stepsPerEpoch; i++, step++) {
        double rate = lesson.learningRate() * (1 + Math.cos(Math.PI * step / steps)) / 2;
        step(padded, labels, order.subList(i * lesson.batch(), (i + 1) * lesson.batch()), rate);
      }
    }
  }

  private void step(Tensor padded, Tensor labels, List<Integer> chosen, double rate) {
    try (PointerScope scope = new PointerScope()) {
      for (SGD optimizer : List.of(decaying, others)) {
        optimizer.zero_grad();
        optimizer.param_groups().get(0).options().set_lr(rate);
      }
      TensorVector shown = new TensorVector();
      TensorVector wanted = new TensorVector();
      for (int image : chosen) {
        shown.push_back(augmented(padded.select(0, image)));
        wanted.push_back(labels.select(0, image));
      }
      Tensor logits = forward(torch.stack(shown), true);
      torch.cross_entropy_loss(logits, torch.stack(wanted)).backward();
      torch.clip_grad_norm_(trainable, lesson.gradientClip());
      decaying.step();
      others.step();
    }
  }

  /** A crop of the padded image, mirrored half of the time. */
  private Tensor augmented(Tensor padded) {
    int range = 2 * lesson.cropPadding() + 1;
    Tensor crop =
        padded
            .narrow(1, random.nextInt(range), network.input().height())
            .narrow(2, random.nextInt(range), network.input().width());
    return random.nextBoolean() ? crop.flip(LAST) : crop;
  }

  /** Share of the images that it gets right. */
  double accuracy(PeerImages images) {
    long right = 0;
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor all = standardised(images);
      Tensor labels = labels(images);
      for (int from = 0; from < images.size(); from += lesson.batch()) {
        int count = Math.min(lesson.batch(), images.size() - from);
        Tensor logits = forward(all.narrow(0, from, count), false);
        Tensor answers = logits.argmax(new LongOptional(1), false);
        right += answers.eq(labels.narrow(0, from, count)).sum().item_long();
      }
    }
    return (double) right / images.size();
  }

  private Tensor padded(PeerImages images) {
    long side = lesson.cropPadding();
    return torch.constant_pad_nd(standardised(images), side, side, side, side);
  }

  private static Tensor standardised(PeerImages images) {
    return Tensor.create(
        images.standardised(),
        images.size(),
        images.shape().channels(),
        images.shape().height(),
        images.shape().width());
  }

  private static Tensor labels(PeerImages images) {
    long[] labels = IntStream.range(0, images.size()).mapToLong(images::label).toArray();
    return Tensor.create(labels, images.size());
  }

  private Tensor forward(Tensor images, boolean training) {
    return LibTorchForward.run(network, weights, images, training);
  }
}
