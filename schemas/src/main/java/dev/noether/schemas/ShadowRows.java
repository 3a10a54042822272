package dev.noether.schemas;

/**
 * Numbers of rows of a shadow.
 *
 * @param compared rows that both models judged
 * @param unjudged rows that only the model in force judged
 * @param entities number of entities of the compared rows, estimated
 * @param flaggedByBoth rows that both models find anomalous
 * @param flaggedByChallenger rows that only the challenger finds anomalous
 * @param flaggedByChampion rows that only the model in force finds anomalous
 */
public record ShadowRows(
        long compared,
        long unjudged,
        long entities,
        long flaggedByBoth,
        long flaggedByChallenger,
        long flaggedByChampion) {}
