package dev.noether.model.engine;

final class ReferenceEngineTest extends EngineContractTest {
    @Override
    Engine engine() {
        return new ReferenceEngine();
    }
}
