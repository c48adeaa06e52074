// Two cores: four fixtures keep them busy while one waits for the browser or the database.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
