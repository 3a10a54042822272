/**
 * Input of the incident module: anomalous scores and the features behind them. Uses no other package of this project.
 */
@NullMarked
package dev.noether.incident.evidence;

import org.jspecify.annotations.NullMarked;
