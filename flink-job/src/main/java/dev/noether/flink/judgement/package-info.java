/** Judgements of people: the search for an incident, and the judgement that is written to the topic of the feedback. */
@NullMarked
package dev.noether.flink.judgement;

import org.jspecify.annotations.NullMarked;
