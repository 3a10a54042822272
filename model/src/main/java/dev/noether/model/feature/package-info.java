/**
 * What the model looks at: the feature schema, the scaling of raw values, and the sliding windows. Uses nothing of the
 * other packages.
 */
@NullMarked
package dev.noether.model.feature;

import org.jspecify.annotations.NullMarked;
