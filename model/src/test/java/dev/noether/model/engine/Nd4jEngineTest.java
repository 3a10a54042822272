package dev.noether.model.engine;

final class Nd4jEngineTest extends EngineContractTest {
    @Override
    Engine engine() {
        return Nd4jEngine.onDevice(0);
    }
}
