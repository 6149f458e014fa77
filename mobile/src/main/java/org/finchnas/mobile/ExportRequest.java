package org.finchnas.mobile;

import java.nio.file.Path;
import org.finchnas.mobile.verification.VerificationImages;
import org.finchnas.searchspace.network.TrainedNetwork;

/**
 * A network to be written.
 *
 * @param calibration images that the ranges of activations are taken from where the precision needs
 *     them; of the training images, never of those the file is verified on
 * @param file where it goes; an older file there is replaced once the new one is verified
 */
public record ExportRequest(
    TrainedNetwork network,
    ModelCard card,
    ExportFormat format,
    Precision precision,
    VerificationImages calibration,
    Path file) {}
