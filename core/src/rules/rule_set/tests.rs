mod hangzhou;
mod hubei;
mod loading;
mod simulation;
mod visitors;
