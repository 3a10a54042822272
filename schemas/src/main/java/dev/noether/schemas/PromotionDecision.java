package dev.noether.schemas;

/** Why a model scores, or why it does not. */
public sealed interface PromotionDecision extends ModelsRecord {
    /** The decision's figures and reason. */
    DecisionFacts facts();

    @Override
    default String detector() {
        return facts().detector();
    }

    /** The model scores from the event time on that its release names. */
    record Promoted(DecisionFacts facts) implements PromotionDecision {}

    /** The model never scores; its artifact is kept. */
    record Refused(DecisionFacts facts) implements PromotionDecision {}

    /** The model scored and no longer does. */
    record Withdrawn(DecisionFacts facts) implements PromotionDecision {}

    /** The model passed the gate. It scores in shadow, or will, and raises nothing until it is promoted or refused. */
    record Shadowed(DecisionFacts facts) implements PromotionDecision {}

    /** A decision that a later version of Noether wrote and this one does not know. */
    record Unknown(DecisionFacts facts) implements PromotionDecision {}
}
