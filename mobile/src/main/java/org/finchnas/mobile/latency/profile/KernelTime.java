package org.finchnas.mobile.latency.profile;

import org.finchnas.mobile.latency.kernel.Kernel;

/** What a kernel is estimated to take. */
public record KernelTime(Kernel kernel, double millis) {}
