/**
 * What people's judgements of incidents change: {@link dev.noether.incident.feedback.FeedbackBook} says whether an
 * anomalous score is of a kind that was dismissed, and how strong an alarm of that kind must be. The answer depends only
 * on the judgements and on the event time of the score, so a replay gives the same one. Uses the packages
 * {@code evidence}, {@code anomaly} and {@code report}.
 */
@NullMarked
package dev.noether.incident.feedback;

import org.jspecify.annotations.NullMarked;
