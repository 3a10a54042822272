/**
 * From a residual to its meaning: what is usual for an entity, how often normal windows score as high, and where the
 * threshold lies. Uses nothing of the
 * other packages.
 */
@NullMarked
package dev.noether.model.calibration;

import org.jspecify.annotations.NullMarked;
