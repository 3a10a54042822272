/** Feedback on incidents: the search for an incident, the judgement that is written, and the list of all judgements. */
@NullMarked
package dev.noether.cli.feedback;

import org.jspecify.annotations.NullMarked;
