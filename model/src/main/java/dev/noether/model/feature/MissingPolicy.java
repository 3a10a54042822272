package dev.noether.model.feature;

/** What stands in for a feature that an observation does not have. It is never judged; it only serves as context. */
public enum MissingPolicy {
    /** Nothing: the observation is rejected. */
    REJECT {
        @Override
        float value(float last, float usual) {
            throw new IllegalStateException("an observation without the feature should have been rejected");
        }
    },
    /** The entity's last value: for what changes slowly, and is not reported when it has not changed. */
    HOLD {
        @Override
        float value(float last, float usual) {
            return last;
        }
    },
    /** Half-way from the entity's last value to its usual one, and so nearer with each row: for what comes back by itself. */
    INTERPOLATE {
        @Override
        float value(float last, float usual) {
            return last + (usual - last) / 2;
        }
    },
    /** The usual value, as though nothing were known: for what says nothing while it is absent. */
    IGNORE {
        @Override
        float value(float last, float usual) {
            return usual;
        }
    };

    abstract float value(float last, float usual);
}
