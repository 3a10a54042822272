/**
 * From a window to a judgement: the reconstruction error of the newest row, on the adaptive scale of its entity. Uses the
 * features, the engine, the artifact and the calibration.
 */
@NullMarked
package dev.noether.model.scoring;

import org.jspecify.annotations.NullMarked;
