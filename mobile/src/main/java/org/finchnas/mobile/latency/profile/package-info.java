/**
 * What each kernel costs on a device, as profiles in files say it, and what a network costs there.
 */
@NullMarked
package org.finchnas.mobile.latency.profile;

import org.jspecify.annotations.NullMarked;
