/**
 * The baseline of an entity, and the rule that turns residuals into scores: running scales
 * ({@link dev.noether.model.calibration.RunningScale}), baselines per entity
 * ({@link dev.noether.model.calibration.EntityBaseline}) and the score rule. Uses nothing of the other packages.
 */
@NullMarked
package dev.noether.model.calibration;

import org.jspecify.annotations.NullMarked;
